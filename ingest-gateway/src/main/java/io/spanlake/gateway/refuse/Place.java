package io.spanlake.gateway.refuse;

import java.util.Optional;

/**
 * Where in a body something is wrong.
 *
 * @param row  index of the row, from 0; absent outside of rows
 * @param id   the row's id, where it stands before the fault
 * @param byteOffset place in the inflated body, from 0
 */
public record Place(Optional<Integer> row, Optional<String> id, long byteOffset) {
    /** Ids are the client's own text: enough of one to find the row, never a page of it. */
    private static final int ID_CHARS_SHOWN = 80;

    public static Place ofBody(long byteOffset) {
        return new Place(Optional.empty(), Optional.empty(), byteOffset);
    }

    String text() {
        if (row.isEmpty()) {
            return "the body at byte " + byteOffset;
        }
        String named = id.map(text -> " (id " + shortened(text) + ")").orElse("");
        return "row %d%s at byte %d".formatted(row.get(), named, byteOffset);
    }

    static String shortened(String text) {
        return text.length() <= ID_CHARS_SHOWN ? text : text.substring(0, ID_CHARS_SHOWN) + "…";
    }
}
