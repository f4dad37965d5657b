package io.spanlake.catalog;

import io.spanlake.model.OrganizationId;
import java.util.List;

/**
 * A WAL object that lies in the blob store and waits to be committed.
 *
 * @param name         of the blob, never used before
 * @param bytes        length of the blob
 * @param footerOffset where its footer begins; footer and trailer reach from there to the end of the blob
 */
public record WalObject(
        String name, OrganizationId organization, long bytes, long footerOffset, List<WalSection> sections) {
    public WalObject {
        sections = List.copyOf(sections);
    }
}
