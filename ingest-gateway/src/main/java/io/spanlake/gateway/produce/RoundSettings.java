package io.spanlake.gateway.produce;

import java.time.Duration;

/**
 * How large the rounds of a lane are.
 *
 * @param fullBytes        of rows: with so much no more company is waited for
 * @param roundBytesMax    most of one round, but for a parcel that is larger
 * @param linger           how long the first parcel waits for company that is on its way, at most
 * @param lingerOfShortage how long it waits for whatever comes where there is no CPU to spare, at most
 */
public record RoundSettings(long fullBytes, long roundBytesMax, Duration linger, Duration lingerOfShortage) {
    /** Of rows: with so many little is gained by company. Below a block, so that what comes on top fits in. */
    private static final long FULL_BYTES = 768 << 10;

    private static final long ROUND_BYTES_MAX = 8 << 20;

    public RoundSettings(Duration linger, Duration lingerOfShortage) {
        this(FULL_BYTES, ROUND_BYTES_MAX, linger, lingerOfShortage);
    }
}
