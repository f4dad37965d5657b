package io.spanlake.catalog.parts;

import java.time.Instant;
import java.util.Optional;

/**
 * A part that counts, with the rows of it that do not.
 *
 * @param id        in the catalog
 * @param version   of the object, from which on it was there
 * @param dvVersion 0 while none of its rows is dead, one more with each deletion vector
 * @param dead      present where {@code dvVersion} is not 0
 * @param eraseBy   when the bytes of its dead rows have to be out of live blobs, where a client deleted one of them
 */
public record LivePart(
        long id, PartFile file, long version, int dvVersion, Optional<DeletionVector> dead, Optional<Instant> eraseBy) {
    public long liveRows() {
        return file.rows() - dead.map(DeletionVector::rows).orElse(0L);
    }

    /** Over the stamps of the rows that live: what a merge takes in. */
    public long liveStampSum() {
        return file.stampSum() - dead.map(DeletionVector::stampSum).orElse(0L);
    }
}
