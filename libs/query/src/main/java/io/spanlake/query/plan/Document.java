package io.spanlake.query.plan;

import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;

/** A row whose fields are read by name. Not thread-safe. */
public interface Document {
    /** Null where there is no such field. */
    Value field(String name);

    /** All fields. */
    ObjectValue whole();

    /** About how much heap it holds. */
    long bytes();

    Document NONE = new ObjectDocument(ObjectValue.EMPTY);
}
