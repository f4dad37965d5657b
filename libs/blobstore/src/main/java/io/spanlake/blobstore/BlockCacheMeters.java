package io.spanlake.blobstore;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;

/** What the block cache counts. */
final class BlockCacheMeters {
    private static final String SERVICE = "service";

    final Counter hits;
    final Counter misses;
    final Counter evicted;
    final Counter corrupt;
    final Counter diskFaults;

    BlockCacheMeters(String service, MeterRegistry registry, BlockIndex index) {
        hits = reads("hit", service, registry);
        misses = reads("miss", service, registry);
        evicted = Counter.builder("spanlake.blockcache.evicted")
                .tag(SERVICE, service)
                .description("Blocks that gave way to others")
                .register(registry);
        corrupt = Counter.builder("spanlake.blockcache.corrupt")
                .tag(SERVICE, service)
                .description("Blocks whose file did not hold what was written; read from the store again")
                .register(registry);
        diskFaults = Counter.builder("spanlake.blockcache.faults")
                .tag(SERVICE, service)
                .description("Times the disk failed and the cache was passed by")
                .register(registry);
        Gauge.builder("spanlake.blockcache.size", index, BlockIndex::bytes)
                .tag(SERVICE, service)
                .description("Bytes of all blocks on disk")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("spanlake.blockcache.blocks", index, BlockIndex::count)
                .tag(SERVICE, service)
                .description("Blocks on disk")
                .register(registry);
    }

    private static Counter reads(String outcome, String service, MeterRegistry registry) {
        return Counter.builder("spanlake.blockcache.reads")
                .tag(SERVICE, service)
                .description("Blocks that were asked for")
                .tag("outcome", outcome)
                .register(registry);
    }
}
