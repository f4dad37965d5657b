package io.spanlake.blobstore;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;

/** What the block cache counts. */
final class BlockCacheMeters {
    final Counter hits;
    final Counter misses;
    final Counter evicted;
    final Counter corrupt;
    final Counter diskFaults;

    BlockCacheMeters(MeterRegistry registry, BlockIndex index) {
        hits = reads("hit", registry);
        misses = reads("miss", registry);
        evicted = Counter.builder("spanlake.blockcache.evicted")
                .description("Blocks that gave way to others")
                .register(registry);
        corrupt = Counter.builder("spanlake.blockcache.corrupt")
                .description("Blocks whose file did not hold what was written; read from the store again")
                .register(registry);
        diskFaults = Counter.builder("spanlake.blockcache.faults")
                .description("Times the disk failed and the cache was passed by")
                .register(registry);
        Gauge.builder("spanlake.blockcache.size", index, BlockIndex::bytes)
                .description("Bytes of all blocks on disk")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("spanlake.blockcache.blocks", index, BlockIndex::count)
                .description("Blocks on disk")
                .register(registry);
    }

    private static Counter reads(String outcome, MeterRegistry registry) {
        return Counter.builder("spanlake.blockcache.reads")
                .description("Blocks that were asked for")
                .tag("outcome", outcome)
                .register(registry);
    }
}
