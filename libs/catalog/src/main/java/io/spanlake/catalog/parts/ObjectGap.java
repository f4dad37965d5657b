package io.spanlake.catalog.parts;

import java.time.Instant;

/**
 * Writes of an object that were in the write-ahead log and cannot be read.
 *
 * @param first    first offset of the section
 * @param next     offset after its last
 * @param writes   how many
 */
public record ObjectGap(
        String walObject,
        int partition,
        int incarnation,
        long first,
        long next,
        long writes,
        String reason,
        Instant foundAt) {}
