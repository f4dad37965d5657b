package io.spanlake.query.tail;

import io.spanlake.catalog.SectionRef;
import java.util.List;

/** The keys of all writes that the object has in one section. Taken over whole or not at all. */
record SectionKeys(SectionRef section, List<WriteKey> writes) {
    SectionKeys {
        writes = List.copyOf(writes);
    }
}
