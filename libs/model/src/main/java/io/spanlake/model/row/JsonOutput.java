package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts raw pieces of JSON together. Commas come by themselves. Not thread-safe. */
final class JsonOutput {
    private byte[] bytes;
    private int length;

    JsonOutput(int expectedBytes) {
        bytes = new byte[Math.max(expectedBytes, 64)];
    }

    void open(char bracket) {
        comma();
        put((byte) bracket);
    }

    void close(char bracket) {
        put((byte) bracket);
    }

    /** A key, raw, with its quotes. */
    void name(ByteSlice rawName) {
        raw(rawName);
        put((byte) ':');
    }

    void name(String name) {
        name(JsonText.encodeString(name));
    }

    /** A whole value, or a key. */
    void raw(ByteSlice value) {
        comma();
        ensure(value.length());
        System.arraycopy(value.array(), value.offset(), bytes, length, value.length());
        length += value.length();
    }

    /** A whole value that needs no escapes. */
    void raw(String ascii) {
        raw(ByteSlice.of(ascii.getBytes(StandardCharsets.US_ASCII)));
    }

    void string(String text) {
        raw(JsonText.encodeString(text));
    }

    ByteSlice toSlice() {
        return ByteSlice.of(bytes, 0, length);
    }

    private void comma() {
        if (length > 0 && bytes[length - 1] != '{' && bytes[length - 1] != '[' && bytes[length - 1] != ':') {
            put((byte) ',');
        }
    }

    private void put(byte b) {
        ensure(1);
        bytes[length++] = b;
    }

    private void ensure(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), (int)
                    Math.min(2L * length, Integer.MAX_VALUE - 8)));
        }
    }
}
