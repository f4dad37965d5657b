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
 * @param mergeParts   so many parts of one segment that is quiet, or of one level
 * @param quiet        since a segment was last cut
 */
public record CompactionLimits(
        long segmentBytes,
        long objectBytes,
        Duration tailAge,
        Duration carriedAge,
        double deadShare,
        Duration eraseAhead,
        int mergeParts,
        Duration quiet) {}
