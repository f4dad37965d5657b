package io.spanlake.storage.part;

import java.util.Objects;

/** The keys of rows that are compressed together. Immutable. */
public final class KeyStretch {
    private static final int ROW_BYTES = 160;

    private final GroupReads.Keys keys;

    KeyStretch(GroupReads.Keys keys) {
        this.keys = keys;
    }

    GroupReads.Keys keys() {
        return keys;
    }

    /** Ordinal of the first row. */
    public int first() {
        return keys.group().first();
    }

    /** Ordinal after the last row. */
    public int next() {
        return keys.group().next();
    }

    /** @throws IndexOutOfBoundsException where the row does not lie here */
    public PartKey key(int ordinal) {
        Objects.checkIndex(ordinal - first(), keys.group().rows());
        return PartReader.partKey(ordinal, keys.entry(ordinal));
    }

    /** Heap that it takes, about. */
    public long bytes() {
        return keys.group().keys().uncompressedBytes() + (long) keys.group().rows() * ROW_BYTES;
    }
}
