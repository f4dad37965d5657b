package io.spanlake.query.cursor;

import java.util.Comparator;

/** In which order a page runs through the rows of an object. The code stands in cursors and never changes its meaning. */
public enum RowDirection {
    NEWEST_FIRST(1),
    OLDEST_FIRST(2);

    private final byte code;

    RowDirection(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    /** What comes first in the list is smaller. */
    public Comparator<RowPosition> order() {
        return this == NEWEST_FIRST ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }
}
