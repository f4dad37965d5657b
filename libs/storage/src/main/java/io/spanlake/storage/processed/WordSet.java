package io.spanlake.storage.processed;

import io.spanlake.storage.container.SplitBlockBloom;
import java.util.Arrays;

/** Different hashes of the words of one frame. Used for frame after frame; not thread-safe. */
final class WordSet {
    private static final int CAPACITY_FIRST = 1 << 12;

    /** Open addressing; 0 is a free place. */
    private long[] table = new long[CAPACITY_FIRST];

    private int count;
    private boolean hasZero;

    void add(long hash) {
        if (hash == 0) {
            hasZero = true;
        } else if (put(table, hash) && 2 * ++count > table.length) {
            grow();
        }
    }

    private static boolean put(long[] table, long hash) {
        int mask = table.length - 1;
        int at = (int) hash & mask;
        while (table[at] != 0) {
            if (table[at] == hash) {
                return false;
            }
            at = (at + 1) & mask;
        }
        table[at] = hash;
        return true;
    }

    private void grow() {
        var larger = new long[2 * table.length];
        for (long hash : table) {
            if (hash != 0) {
                put(larger, hash);
            }
        }
        table = larger;
    }

    /** The filter of what was added since the last. */
    SplitBlockBloom take(int bitsEach) {
        var hashes = new long[count + (hasZero ? 1 : 0)];
        int next = 0;
        for (long hash : table) {
            if (hash != 0) {
                hashes[next++] = hash;
            }
        }
        Arrays.fill(table, 0);
        count = 0;
        hasZero = false;
        return SplitBlockBloom.of(hashes, hashes.length, bitsEach);
    }
}
