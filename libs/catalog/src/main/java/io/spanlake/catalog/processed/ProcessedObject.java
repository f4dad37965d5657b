package io.spanlake.catalog.processed;

import io.spanlake.model.OrganizationId;
import java.util.List;

/**
 * A processed blob that lies in the blob store and waits to be committed.
 *
 * @param name         of the blob, never used before
 * @param bytes        length of the blob
 * @param footerOffset where its footer begins; footer and trailer reach from there to the end of the blob
 * @param sections     at least one
 */
public record ProcessedObject(
        String name, OrganizationId organization, long bytes, long footerOffset, List<ProcessedSection> sections) {
    public ProcessedObject {
        sections = List.copyOf(sections);
        if (sections.isEmpty()) {
            throw new IllegalArgumentException(name + " has no section");
        }
    }
}
