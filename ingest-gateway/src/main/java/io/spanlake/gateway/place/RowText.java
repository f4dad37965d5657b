package io.spanlake.gateway.place;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonText;

/** The one change that is made to a row's text: the id that it was given. */
final class RowText {
    private RowText() {}

    /** Put last, so that it counts also where the row has {@code "id":null}. */
    static ByteSlice withId(ByteSlice row, String id) {
        var added = new StringBuilder(isEmpty(row) ? "\"id\":" : ",\"id\":");
        JsonText.appendString(added, id);
        var tail = ByteSlice.ofUtf8(added.append('}').toString());
        byte[] text = new byte[row.length() - 1 + tail.length()];
        System.arraycopy(row.array(), row.offset(), text, 0, row.length() - 1);
        System.arraycopy(tail.array(), tail.offset(), text, row.length() - 1, tail.length());
        return ByteSlice.of(text);
    }

    private static boolean isEmpty(ByteSlice row) {
        for (int i = 1; i < row.length() - 1; i++) {
            if (row.at(i) > ' ') {
                return false;
            }
        }
        return true;
    }
}
