package io.spanlake.standalone.load;

import io.spanlake.model.ByteSlice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes one JSON object field by field; what goes in is JSON already. Not thread-safe. */
final class RowBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

    RowBytes() {
        out.write('{');
    }

    void field(String name, ByteSlice value) {
        name(name).raw(value);
    }

    /** @param name plain ASCII */
    RowBytes name(String name) {
        return raw(out.size() == 1 ? "\"" : ",\"").raw(name).raw("\":");
    }

    RowBytes raw(String json) {
        out.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    RowBytes raw(ByteSlice json) {
        out.write(json.array(), json.offset(), json.length());
        return this;
    }

    ByteSlice end() {
        out.write('}');
        return ByteSlice.of(out.toByteArray());
    }
}
