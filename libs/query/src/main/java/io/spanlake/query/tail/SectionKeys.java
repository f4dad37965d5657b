package io.spanlake.query.tail;

import io.spanlake.model.TransactionId;
import java.util.List;
import java.util.Set;

/** The keys of all that the object has in one section. Taken over whole or not at all. */
record SectionKeys(Source source, List<WriteKey> writes) {
    SectionKeys {
        writes = List.copyOf(writes);
    }

    /** Those up to and including a transaction. */
    SectionKeys upTo(TransactionId version) {
        return new SectionKeys(
                source,
                writes.stream()
                        .filter(write -> write.stamp().transaction().compareTo(version) <= 0)
                        .toList());
    }

    /** Those of some rows. */
    SectionKeys of(Set<String> rowIds) {
        return new SectionKeys(
                source,
                writes.stream().filter(write -> rowIds.contains(write.rowId())).toList());
    }
}
