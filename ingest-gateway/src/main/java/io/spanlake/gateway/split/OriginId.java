package io.spanlake.gateway.split;

import io.spanlake.model.Write;
import io.spanlake.model.json.Utf8;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The id in an {@code origin}: that of the row which a comment is about. In any other row the field is the client's own
 * business, and nothing to refuse it for.
 *
 * @param text  absent where the origin names no row
 * @param fault what is wrong with the id, where it is text that can name none
 */
record OriginId(@Nullable String text, @Nullable String fault) {
    static final OriginId NONE = new OriginId(null, null);

    /** Moves the cursor behind the value. Of an id that stands twice the last counts. */
    static OriginId read(JsonCursor cursor) {
        if (cursor.peek() != '{') {
            cursor.value();
            return NONE;
        }
        var origin = NONE;
        cursor.enter('{');
        for (boolean first = true; cursor.more(first); first = false) {
            cursor.key();
            if (RowField.of(cursor) == RowField.ID) {
                origin = id(cursor);
            } else {
                cursor.value();
            }
        }
        return origin;
    }

    private static OriginId id(JsonCursor cursor) {
        if (cursor.peek() != '"') {
            cursor.value();
            return NONE;
        }
        cursor.string();
        var text = cursor.text();
        if (text.isEmpty()) {
            return new OriginId(null, "is a comment whose origin has an empty id");
        }
        if (text.length() > Write.ID_BYTES_MAX || text.getBytes(StandardCharsets.UTF_8).length > Write.ID_BYTES_MAX) {
            return new OriginId(
                    null, "is a comment whose origin has an id of more than %d bytes".formatted(Write.ID_BYTES_MAX));
        }
        return Utf8.hasLoneSurrogate(text)
                ? new OriginId(null, "is a comment whose origin has an id with half a surrogate pair")
                : new OriginId(text, null);
    }
}
