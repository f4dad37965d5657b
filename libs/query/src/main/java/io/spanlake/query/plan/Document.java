package io.spanlake.query.plan;

import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;
import java.util.Set;

/** A row whose fields are read by name. Not thread-safe. */
public interface Document {
    /** Null where there is no such field. */
    Value field(String name);

    /** All fields. */
    ObjectValue whole();

    /** The same with these fields alone, which holds no more than they take; with others where it holds little. */
    Document only(Set<String> fields);

    /** About how much heap it holds. */
    long bytes();

    Document NONE = new ObjectDocument(ObjectValue.EMPTY);
}
