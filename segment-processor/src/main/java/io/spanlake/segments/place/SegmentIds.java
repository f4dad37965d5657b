package io.spanlake.segments.place;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Names of segments: UUIDs of version 7, so that they sort by when they were opened, and say it. */
public final class SegmentIds {
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int VERSION = 7;

    private SegmentIds() {}

    public static UUID fresh(InstantSource clock, RandomGenerator random) {
        long high = clock.millis() << 16 | VERSION_7 | (random.nextLong() & 0x0FFFL);
        long low = VARIANT | (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL);
        return new UUID(high, low);
    }

    /** When it was opened; long ago where the name does not say. */
    public static Instant openedAt(UUID segment) {
        return segment.version() == VERSION
                ? Instant.ofEpochMilli(segment.getMostSignificantBits() >>> 16)
                : Instant.EPOCH;
    }
}
