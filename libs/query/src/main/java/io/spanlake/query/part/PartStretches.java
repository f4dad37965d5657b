package io.spanlake.query.part;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.row.RowState;
import io.spanlake.query.BlobRefusals;
import io.spanlake.query.SharedLoads;
import io.spanlake.storage.part.KeyStretch;
import io.spanlake.storage.part.PartKey;
import io.spanlake.storage.part.RowStretch;
import reactor.core.publisher.Mono;

/**
 * Rows and keys of parts, by stretches that are compressed together. Keeps those that were asked for lately. Errors are
 * {@code ReadRefusal}s that name the blob. Thread-safe.
 */
public final class PartStretches {
    /** One of so many parts of the heap is for keys. */
    private static final int KEYS_SHARE = 4;

    private final SharedLoads<Place, KeyStretch> keys;
    private final SharedLoads<Place, RowStretch> rows;

    /** @param cacheBytes heap for decoded stretches */
    public PartStretches(long cacheBytes, MeterRegistry registry) {
        var hits = counter(registry, "hit");
        var misses = counter(registry, "miss");
        long keyBytes = cacheBytes / KEYS_SHARE;
        this.keys = new SharedLoads<>(keyBytes, (_, stretch) -> clamped(stretch.bytes()), hits, misses);
        this.rows = new SharedLoads<>(cacheBytes - keyBytes, (_, stretch) -> clamped(stretch.bytes()), hits, misses);
    }

    public Mono<PartKey> key(OpenPart part, int ordinal) {
        return keys(part, ordinal).map(stretch -> stretch.key(ordinal));
    }

    /** The keys of the stretch in which the row lies. */
    Mono<KeyStretch> keys(OpenPart part, int ordinal) {
        return keys.get(placeOf(part, ordinal), () -> part.reader().keyStretch(ordinal))
                .onErrorMap(fault -> BlobRefusals.of(part.name(), fault));
    }

    /** The row's state, as it was stored. */
    public Mono<RowState> state(ObjectRef object, OpenPart part, int ordinal) {
        return rows(part, ordinal)
                .map(stretch -> stretch.row(ordinal).state(object, stretch.rowId(ordinal)))
                .onErrorMap(fault -> BlobRefusals.of(part.name(), fault));
    }

    /** The rows of the stretch in which the row lies. */
    public Mono<RowStretch> rows(OpenPart part, int ordinal) {
        return rows.get(placeOf(part, ordinal), () -> keys(part, ordinal).flatMap(part.reader()::rowStretch))
                .onErrorMap(fault -> BlobRefusals.of(part.name(), fault));
    }

    private static Place placeOf(OpenPart part, int ordinal) {
        return new Place(part.name(), part.reader().stretchOf(ordinal));
    }

    private static int clamped(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("spanlake.query.stretches.asked")
                .description("Stretches of parts asked for by reads, and whether they were in memory")
                .tag("outcome", outcome)
                .register(registry);
    }

    private record Place(String part, int first) {}
}
