package io.spanlake.query.tail;

import io.spanlake.model.Stamp;

/**
 * Where one state of a row lies.
 *
 * @param block of a log or processed section: the number of the block, or frame, among those of the object in it
 * @param index of a log or processed section: place in the block
 * @param stamp of one of its writes
 */
public record StatePlace(Source source, int block, int index, Stamp stamp) {
    static final int INDEX_BITS = 20;

    /** Of a part: the row in it. */
    public int ordinal() {
        return (block << INDEX_BITS) | index;
    }

    /** A row of a part. */
    public static StatePlace ofPart(Source.Part part, int ordinal, Stamp stamp) {
        return new StatePlace(part, ordinal >>> INDEX_BITS, ordinal & ((1 << INDEX_BITS) - 1), stamp);
    }
}
