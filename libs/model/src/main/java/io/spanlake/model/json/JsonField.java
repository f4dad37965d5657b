package io.spanlake.model.json;

import io.spanlake.model.ByteSlice;

/**
 * One field of an object.
 *
 * @param name    the key as text, escapes decoded; a lone surrogate that was sent as an escape stays one
 * @param rawName the key as it was sent, with its quotes
 * @param value   the value as it was sent, without white space around it
 */
public record JsonField(String name, ByteSlice rawName, ByteSlice value) {
    /** Whether the value is an object. */
    public boolean isObject() {
        return value.at(0) == '{';
    }
}
