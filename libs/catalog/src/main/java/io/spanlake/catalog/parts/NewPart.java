package io.spanlake.catalog.parts;

import java.util.Optional;

/**
 * A part that a swap publishes. {@code .part}, {@code .orc} and deletion vector lie in the blob store.
 *
 * @param dead rows that died in an input while the part was written
 */
public record NewPart(PartFile file, Optional<DeletionVector> dead) {
    public long liveStampSum() {
        return file.stampSum() - dead.map(DeletionVector::stampSum).orElse(0L);
    }
}
