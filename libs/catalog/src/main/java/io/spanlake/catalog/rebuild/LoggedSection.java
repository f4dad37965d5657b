package io.spanlake.catalog.rebuild;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import java.time.Instant;
import java.util.Map;

/**
 * A section of a WAL object that lies in the store, whether it was ever committed or not.
 *
 * @param storedAt when the store got the blob
 * @param objects  what it has of each object
 */
public record LoggedSection(
        String blobName,
        OrganizationId organization,
        long blobBytes,
        long footerOffset,
        Instant storedAt,
        int partition,
        int incarnation,
        long first,
        long next,
        Map<ObjectRef, LoggedWrites> objects) {
    public LoggedSection {
        objects = Map.copyOf(objects);
        if (next <= first) {
            throw new IllegalArgumentException("%s: empty range [%d, %d)".formatted(blobName, first, next));
        }
    }

    /** @param stampSum over the writes */
    public record LoggedWrites(long writes, long stampSum) {}

    long writes() {
        return objects.values().stream().mapToLong(LoggedWrites::writes).sum();
    }

    /** The same section with only some of its objects. */
    LoggedSection with(Map<ObjectRef, LoggedWrites> kept) {
        return new LoggedSection(
                blobName, organization, blobBytes, footerOffset, storedAt, partition, incarnation, first, next, kept);
    }
}
