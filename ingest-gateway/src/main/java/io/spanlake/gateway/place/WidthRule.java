package io.spanlake.gateway.place;

import java.time.Duration;
import java.util.OptionalInt;

/** When an object is spread over more partitions. Pure. */
final class WidthRule {
    /** Bytes a second of one object in one partition, before compression. */
    static final long BYTES_PER_SECOND_MAX = 2_000_000;

    private WidthRule() {}

    /**
     * The width to ask for, where the object has outgrown the one it has: doubled, so that half of its traces stay where
     * they are.
     */
    static OptionalInt wider(long bytes, Duration over, int width, int partitions) {
        long perSecond = bytes * 1000 / Math.max(1, over.toMillis());
        boolean outgrown = perSecond / width > BYTES_PER_SECOND_MAX;
        return outgrown && width < partitions ? OptionalInt.of(width * 2) : OptionalInt.empty();
    }
}
