package io.spanlake.catalog.processed;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import java.util.Map;

/**
 * A section of the write-ahead log that waits to be processed.
 *
 * @param blobName     of the WAL object
 * @param blobBytes    its length; footer and trailer are {@code [footerOffset, blobBytes)}
 * @param first        first offset of the section's range
 * @param next         offset after its last; several organizations may each have a section of one range
 * @param stampSum     of all its writes
 * @param objects      number of writes of each object. Only these count: after a rebuild a WAL object may hold writes of
 *                     other objects too, which stand in parts already and are not in {@code writes} and {@code stampSum}
 */
public record PendingSection(
        String blobName,
        OrganizationId organization,
        long blobBytes,
        long footerOffset,
        int partition,
        int incarnation,
        long first,
        long next,
        long writes,
        long stampSum,
        Map<ObjectRef, Long> objects) {
    public PendingSection {
        objects = Map.copyOf(objects);
    }
}
