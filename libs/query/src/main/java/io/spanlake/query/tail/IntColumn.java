package io.spanlake.query.tail;

import java.util.ArrayList;

/** Ints by ordinal, grown chunk by chunk so that growing never copies what is there. Not thread-safe. */
final class IntColumn {
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final ArrayList<int[]> chunks = new ArrayList<>();
    private int size;

    int add(int value) {
        if (size == chunks.size() << CHUNK_BITS) {
            chunks.add(new int[CHUNK]);
        }
        chunks.get(size >> CHUNK_BITS)[size & (CHUNK - 1)] = value;
        return size++;
    }

    int get(int ordinal) {
        return chunks.get(ordinal >> CHUNK_BITS)[ordinal & (CHUNK - 1)];
    }

    void set(int ordinal, int value) {
        chunks.get(ordinal >> CHUNK_BITS)[ordinal & (CHUNK - 1)] = value;
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) chunks.size() * CHUNK * Integer.BYTES;
    }
}
