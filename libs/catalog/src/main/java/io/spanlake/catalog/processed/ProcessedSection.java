package io.spanlake.catalog.processed;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import java.util.UUID;

/**
 * Row states of one segment from one cut, in a processed blob.
 *
 * @param first    first offset of the cut
 * @param next     offset after its last
 * @param rows     number of row states
 * @param rawBytes of them, uncompressed
 * @param bytes    that the section takes in the blob
 * @param stampSum over the stamps that the states remember
 * @param minStamp smallest stamp among them
 * @param maxStamp largest
 */
public record ProcessedSection(
        UUID segment,
        ObjectRef object,
        int partition,
        int incarnation,
        long first,
        long next,
        long rows,
        long rawBytes,
        long bytes,
        long stampSum,
        Stamp minStamp,
        Stamp maxStamp) {
    public ProcessedSection {
        if (rows < 1 || minStamp.compareTo(maxStamp) > 0) {
            throw new IllegalArgumentException(
                    "a section of %d rows with stamps %s to %s".formatted(rows, minStamp, maxStamp));
        }
    }
}
