package io.spanlake.catalog.parts;

import java.time.Instant;
import java.util.Optional;

/**
 * A part that a swap publishes. {@code .part}, {@code .orc} and deletion vector lie in the blob store.
 *
 * @param dead    rows that died in an input while the part was written
 * @param eraseBy when their bytes have to be out of live blobs, should an input have such a date: one of them may be of a
 *                row that a client deleted
 */
public record NewPart(PartFile file, Optional<DeletionVector> dead, Optional<Instant> eraseBy) {
    /** All of whose rows live. */
    public static NewPart of(PartFile file) {
        return new NewPart(file, Optional.empty(), Optional.empty());
    }

    public long liveStampSum() {
        return file.stampSum() - dead.map(DeletionVector::stampSum).orElse(0L);
    }
}
