package io.spanlake.query.cursor;

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
}
