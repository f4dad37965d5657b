package io.spanlake.query.match;

import io.spanlake.model.ByteSlice;

/**
 * What is looked for in strings, looked for in the bytes of JSON: it never misses any, and may find what is none. Equal where the
 * same is looked for. Thread-safe.
 */
public interface BytesTest {
    /** Whether any string of the JSON may have it. */
    boolean mayStandIn(ByteSlice json);

    /** Of what is looked for, in bytes. */
    int length();

    /** Words of ASCII that stand in it whole, parted by spaces; maybe none. */
    String wholeWords();
}
