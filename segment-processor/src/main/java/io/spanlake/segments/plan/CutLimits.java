package io.spanlake.segments.plan;

import java.time.Duration;

/**
 * When a partition is cut.
 *
 * @param after age of the oldest write that waits
 * @param bytes of all that waits in it; and what a cut of several partitions holds at most
 */
public record CutLimits(Duration after, long bytes) {}
