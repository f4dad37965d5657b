package io.spanlake.standalone.load;

import io.spanlake.model.ByteSlice;

/**
 * One request.
 *
 * @param firstLine first line of the file in it, from 1
 * @param nextLine  line from which to go on once it is acknowledged: {@code firstLine} where more of that line follows
 * @param part      which piece of its first line it begins with, from 0
 * @param items     rows, or resources with their spans
 */
record Batch(FileForm form, long firstLine, long nextLine, int part, int items, ByteSlice body) {
    String place() {
        long last = Math.max(firstLine, nextLine - 1);
        return last == firstLine ? "line " + firstLine : "lines %d to %d".formatted(firstLine, last);
    }
}
