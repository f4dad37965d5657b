package io.spanlake.catalog;

import java.time.Instant;

/**
 * Writes that are missing from the write-ahead log for good.
 *
 * @param next offset after the last that is missing; equal to {@code first} where none is known to be missing
 */
public record Gap(int partition, int incarnation, long first, long next, String reason, Instant foundAt) {}
