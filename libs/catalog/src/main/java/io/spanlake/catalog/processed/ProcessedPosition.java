package io.spanlake.catalog.processed;

import io.spanlake.catalog.LogOffset;

/**
 * How far a partition is processed.
 *
 * @param offset first that no cut has taken yet
 * @param epoch  of the processor that claimed the partition last; one with a smaller epoch is refused
 */
public record ProcessedPosition(int partition, LogOffset offset, long epoch) {}
