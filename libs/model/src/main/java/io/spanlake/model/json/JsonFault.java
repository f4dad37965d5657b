package io.spanlake.model.json;

/**
 * The first thing that is wrong with a value.
 *
 * @param offset  of the byte where it shows, from the first byte of what was checked
 * @param message what is wrong, and the limit where there is one; never content of the value
 */
public record JsonFault(Kind kind, int offset, String message) {
    public enum Kind {
        /** Not UTF-8. */
        ENCODING,
        /** Not JSON, or cut off, or more than one value. */
        SYNTAX,
        TOO_DEEP,
        TOO_MANY_KEYS,
        KEY_TOO_LONG,
        NUMBER_TOO_LONG
    }
}
