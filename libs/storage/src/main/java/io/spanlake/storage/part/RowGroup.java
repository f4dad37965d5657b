package io.spanlake.storage.part;

/**
 * Rows that follow one another and are compressed together: traces, whole where they can be.
 *
 * @param first     ordinal of the first row
 * @param rows      how many, at least one
 * @param continues whether its first row is of the same trace as the row before it
 * @param json      the rows, a line each
 * @param keys      their ids, traces and headers
 */
record RowGroup(int first, int rows, boolean continues, FrameRef json, FrameRef keys) {
    RowGroup withKeysMovedBy(long bytes) {
        return new RowGroup(first, rows, continues, json, keys.movedBy(bytes));
    }

    /** Ordinal after the last row. */
    int next() {
        return first + rows;
    }
}
