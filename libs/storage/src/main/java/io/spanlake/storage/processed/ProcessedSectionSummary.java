package io.spanlake.storage.processed;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import java.util.UUID;

/**
 * What a section of a processed blob holds, for the catalog.
 *
 * @param first    offset of the first record of the cut of the partition, inclusive
 * @param next     offset after the last
 * @param rows     row states, at least one
 * @param rawBytes of the states before compression
 * @param stampSum over all stamps that the states remember; see {@link io.spanlake.storage.wal.StampSum}
 * @param minStamp smallest stamp of them
 * @param maxStamp largest stamp of them
 * @param offset   where the section's frames begin
 * @param length   of all its frames, which lie side by side
 */
public record ProcessedSectionSummary(
        UUID segment,
        ObjectRef object,
        int partition,
        int incarnation,
        long first,
        long next,
        long rows,
        long rawBytes,
        long stampSum,
        Stamp minStamp,
        Stamp maxStamp,
        long offset,
        long length) {}
