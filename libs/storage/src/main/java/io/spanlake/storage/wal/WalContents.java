package io.spanlake.storage.wal;

import io.spanlake.model.OrganizationId;
import java.util.List;

/** All that a WAL object holds. */
public record WalContents(OrganizationId organization, List<SectionWrites> sections) {
    public WalContents {
        sections = List.copyOf(sections);
    }
}
