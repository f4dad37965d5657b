package io.spanlake.segments.plan;

import java.time.Instant;

/**
 * What waits in one partition, as the planner sees it.
 *
 * @param bytes estimate of what it takes in memory
 * @param since when the oldest of it was seen
 * @param alone whether the last try failed: it is cut by itself then, so that it keeps nobody else from being cut
 */
public record Waiting(int partition, long bytes, Instant since, boolean alone) {}
