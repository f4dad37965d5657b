package io.spanlake.query.part;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.query.BlobRefusals;
import io.spanlake.query.SharedLoads;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts traces that lie in several parts, or in parts and the tail, once: by 64 bits of hash. Keeps what it has read of
 * parts. Thread-safe.
 */
public final class TraceCounts {
    private static final int PARTS_IN_FLIGHT = 4;

    private final SharedLoads<String, TraceRuns> runs;

    /** @param cacheBytes heap for what it has read */
    public TraceCounts(long cacheBytes, MeterRegistry registry) {
        this.runs = new SharedLoads<>(
                cacheBytes,
                (_, read) -> (int) Math.min(Integer.MAX_VALUE, read.bytes()),
                counter(registry, "hit"),
                counter(registry, "miss"));
    }

    /**
     * How many traces have a visible row.
     *
     * @param tail {@code Placement.hash} of each trace that has one in the tail
     */
    public Mono<Long> of(List<VisiblePart> parts, long[] tail) {
        return Flux.fromIterable(parts)
                .flatMap(part -> hashes(part), PARTS_IN_FLIGHT, 1)
                .collectList()
                .map(found -> LongStream.concat(found.stream().flatMapToLong(Arrays::stream), Arrays.stream(tail))
                        .sorted()
                        .distinct()
                        .count());
    }

    private Mono<long[]> hashes(VisiblePart part) {
        var reader = part.part().reader();
        return runs.get(part.part().name(), () -> reader.keys().collect(TraceRuns::new, TraceRuns::add))
                .map(found -> hashes(found, part))
                .onErrorMap(fault -> BlobRefusals.of(part.part().name(), fault));
    }

    private static long[] hashes(TraceRuns runs, VisiblePart part) {
        var hashes = LongStream.builder();
        runs.forEachVisible(part.hidden(), hashes);
        return hashes.build().toArray();
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("spanlake.query.traces.asked")
                .description("Traces of parts asked for by counts, and whether they were in memory")
                .tag("outcome", outcome)
                .register(registry);
    }
}
