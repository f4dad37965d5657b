package io.spanlake.catalog.parts;

import java.time.Instant;
import java.util.Optional;

/**
 * Rows of a live part that a swap kills.
 *
 * @param part        id in the catalog; not one of the swap's inputs
 * @param fromVersion the {@code dvVersion} it was made from, by adding
 * @param dead        all dead rows of the part from now on
 * @param killedRows  how many more than before; an ordinal that was dead before makes the count not add up. None where only
 *                    the date is new
 * @param killedSum   over the stamps of those
 * @param eraseBy     when the bytes of the killed rows have to be out of live blobs; absent where they live on elsewhere
 */
public record Deaths(
        long part, int fromVersion, DeletionVector dead, long killedRows, long killedSum, Optional<Instant> eraseBy) {
    public Deaths {
        if (killedRows < 0 || (killedRows == 0 && eraseBy.isEmpty()) || killedRows > dead.rows()) {
            throw new IllegalArgumentException(
                    "part %d: %d rows killed, %d dead".formatted(part, killedRows, dead.rows()));
        }
    }
}
