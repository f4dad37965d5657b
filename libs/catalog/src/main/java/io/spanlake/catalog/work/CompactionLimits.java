package io.spanlake.catalog.work;

import java.time.Duration;

/**
 * When an object is worth a look. The planner decides what is done; these only keep it from looking in vain.
 *
 * @param segmentBytes raw bytes of one segment's tail
 * @param objectBytes  raw bytes of the object's tail
 * @param tailAge      of the oldest processed section
 * @param carriedAge   of the oldest section that a swap carried
 * @param deadShare    of a part's rows, from 0 to 1
 * @param eraseAhead   before erased bytes have to be gone
 * @param merges       what can be merged
 */
public record CompactionLimits(
        long segmentBytes,
        long objectBytes,
        Duration tailAge,
        Duration carriedAge,
        double deadShare,
        Duration eraseAhead,
        Merges merges) {
    /**
     * Just what a planner merges: an object that were due for less would be leased, read and left to rest for nothing, while
     * its tail waits.
     *
     * @param parts         of one level, that make one of the next
     * @param belowLevel    of such parts
     * @param belowRawBytes of each of them
     * @param belowRows     of each of them
     */
    public record Merges(int parts, int belowLevel, long belowRawBytes, long belowRows) {}
}
