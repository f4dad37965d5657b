package io.spanlake.query.tail;

import io.spanlake.catalog.SectionRef;
import java.util.List;
import java.util.Set;

/** The keys of all writes that the object has in one section. Taken over whole or not at all. */
record SectionKeys(SectionRef section, List<WriteKey> writes) {
    SectionKeys {
        writes = List.copyOf(writes);
    }

    /** Those of some rows. */
    SectionKeys of(Set<String> rowIds) {
        return new SectionKeys(
                section,
                writes.stream().filter(write -> rowIds.contains(write.rowId())).toList());
    }
}
