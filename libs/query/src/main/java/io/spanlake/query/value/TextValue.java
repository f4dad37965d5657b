package io.spanlake.query.value;

/** A string; lone surrogates stay as they were sent. */
public record TextValue(String text) implements Value {
    public static final TextValue EMPTY = new TextValue("");
}
