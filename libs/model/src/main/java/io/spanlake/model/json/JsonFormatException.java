package io.spanlake.model.json;

/** Bytes that are not the JSON they were taken for. The message names the offset and never shows the content. */
public final class JsonFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param offset from the first byte of the slice that was read */
    JsonFormatException(String what, int offset) {
        super("%s at byte %d".formatted(what, offset));
    }
}
