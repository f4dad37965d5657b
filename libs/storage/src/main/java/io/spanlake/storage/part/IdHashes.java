package io.spanlake.storage.part;

import io.spanlake.model.Placement;
import io.spanlake.storage.container.SplitBlockBloom;
import java.util.Arrays;

/** Hashes of ids, each with the ordinal of the row that it leads to. Not thread-safe. */
final class IdHashes {
    /** One in about a hundred others passes. */
    private static final int BLOOM_BITS_EACH = 10;

    private long[] hashes = new long[1024];
    private int[] ordinals = new int[1024];
    private int count;

    void add(String id, int ordinal) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
            ordinals = Arrays.copyOf(ordinals, 2 * count);
        }
        hashes[count] = Placement.hash(id);
        ordinals[count++] = ordinal;
    }

    int count() {
        return count;
    }

    long hash(int index) {
        return hashes[index];
    }

    int ordinal(int index) {
        return ordinals[index];
    }

    SplitBlockBloom bloom() {
        return SplitBlockBloom.of(hashes, count, BLOOM_BITS_EACH);
    }
}
