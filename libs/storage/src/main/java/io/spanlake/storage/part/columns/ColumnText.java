package io.spanlake.storage.part.columns;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonText;
import org.jspecify.annotations.Nullable;

/** Strings of JSON as a column stores them: UTF-8. */
final class ColumnText {
    private ColumnText() {}

    /**
     * The bytes of the string, shared where it has no escapes; null where they are too many, or where a lone surrogate is
     * among the characters, which UTF-8 cannot carry.
     *
     * @param rawString with its quotes
     */
    static @Nullable ByteSlice of(ByteSlice rawString, int bytesMax) {
        // An escape has up to six bytes for one of UTF-8.
        if (rawString.length() - 2 > 6L * bytesMax) {
            return null;
        }
        var inner = rawString.slice(1, rawString.length() - 2);
        var text = hasEscape(inner) ? decoded(rawString) : inner;
        return text == null || text.length() > bytesMax ? null : text;
    }

    private static boolean hasEscape(ByteSlice bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.at(i) == '\\') {
                return true;
            }
        }
        return false;
    }

    private static @Nullable ByteSlice decoded(ByteSlice rawString) {
        var text = JsonText.decodeString(rawString);
        return hasLoneSurrogate(text) ? null : ByteSlice.ofUtf8(text);
    }

    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
