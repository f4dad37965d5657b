package io.spanlake.query.tail;

import java.util.ArrayList;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/**
 * The visible rows in the order of their positions: row numbers in sorted chunks of up to 256, so that a row is put in,
 * taken out and found in the time of one chunk, and 12 to 24 bytes a row are enough. Not thread-safe.
 *
 * <p>The tie breaker is asked only where two rows have the same key.
 */
final class KeyOrder {
    private static final int CHUNK = 256;

    private final ArrayList<Chunk> chunks = new ArrayList<>();
    private final IntToLongFunction tieOf;
    private int size;

    KeyOrder(IntToLongFunction tieOf) {
        this.tieOf = tieOf;
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) chunks.size() * (CHUNK * (Long.BYTES + Integer.BYTES) + 64);
    }

    /** All rows, oldest first. */
    int[] ordinals() {
        int[] all = new int[size];
        int next = 0;
        for (var chunk : chunks) {
            System.arraycopy(chunk.ordinals, 0, all, next, chunk.size);
            next += chunk.size;
        }
        return all;
    }

    void add(long key, int ordinal) {
        long tie = tieOf.applyAsLong(ordinal);
        size++;
        if (chunks.isEmpty()) {
            chunks.add(new Chunk());
            chunks.getFirst().insert(0, key, ordinal);
            return;
        }
        int at = Math.min(chunkOf(key, tie), chunks.size() - 1);
        if (chunks.get(at).size == CHUNK) {
            split(at, key, tie);
            at = Math.min(chunkOf(key, tie), chunks.size() - 1);
        }
        chunks.get(at).insert(chunks.get(at).firstNotBefore(key, tie), key, ordinal);
    }

    void remove(long key, int ordinal) {
        long tie = tieOf.applyAsLong(ordinal);
        for (int at = chunkOf(key, tie); at < chunks.size(); at++) {
            Chunk chunk = chunks.get(at);
            for (int i = chunk.firstNotBefore(key, tie); i < chunk.size && chunk.keys[i] == key; i++) {
                if (chunk.ordinals[i] == ordinal) {
                    chunk.removeAt(i);
                    if (chunk.size == 0) {
                        chunks.remove(at);
                    }
                    size--;
                    return;
                }
            }
        }
        throw new IllegalStateException("row %d is not in the order".formatted(ordinal));
    }

    /** Rows strictly before the position, newest first, until the visitor has enough. */
    void descend(long key, long tie, IntPredicate visitor) {
        int at = chunkOf(key, tie);
        int i = at < chunks.size() ? chunks.get(at).firstNotBefore(key, tie) - 1 : -1;
        while (true) {
            for (; i >= 0; i--) {
                if (!visitor.test(chunks.get(at).ordinals[i])) {
                    return;
                }
            }
            if (--at < 0) {
                return;
            }
            i = chunks.get(at).size - 1;
        }
    }

    /** All rows, newest first, until the visitor has enough. */
    void descend(IntPredicate visitor) {
        for (int at = chunks.size() - 1; at >= 0; at--) {
            for (int i = chunks.get(at).size - 1; i >= 0; i--) {
                if (!visitor.test(chunks.get(at).ordinals[i])) {
                    return;
                }
            }
        }
    }

    /** Rows strictly after the position, oldest first, until the visitor has enough. */
    void ascend(long key, long tie, IntPredicate visitor) {
        int at = chunkOf(key, tie);
        int i = at < chunks.size() ? chunks.get(at).firstNotBefore(key, tie) : 0;
        for (; at < chunks.size(); at++, i = 0) {
            for (; i < chunks.get(at).size; i++) {
                Chunk chunk = chunks.get(at);
                if (chunk.compare(i, key, tie) != 0 && !visitor.test(chunk.ordinals[i])) {
                    return;
                }
            }
        }
    }

    /** The first chunk whose last row is not before the position; the number of chunks where there is none. */
    private int chunkOf(long key, long tie) {
        int low = 0;
        int high = chunks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Chunk chunk = chunks.get(middle);
            if (chunk.compare(chunk.size - 1, key, tie) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void split(int at, long key, long tie) {
        Chunk full = chunks.get(at);
        var upper = new Chunk();
        // Rows come mostly in order: a row behind all others begins a chunk and leaves the full one full.
        boolean behindAll = at == chunks.size() - 1 && full.compare(CHUNK - 1, key, tie) < 0;
        int kept = behindAll ? CHUNK - 1 : CHUNK / 2;
        upper.size = CHUNK - kept;
        System.arraycopy(full.keys, kept, upper.keys, 0, upper.size);
        System.arraycopy(full.ordinals, kept, upper.ordinals, 0, upper.size);
        full.size = kept;
        chunks.add(at + 1, upper);
    }

    private final class Chunk {
        final long[] keys = new long[CHUNK];
        final int[] ordinals = new int[CHUNK];
        int size;

        int compare(int i, long key, long tie) {
            int byKey = Long.compareUnsigned(keys[i], key);
            return byKey != 0 ? byKey : Long.compareUnsigned(tieOf.applyAsLong(ordinals[i]), tie);
        }

        int firstNotBefore(long key, long tie) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (compare(middle, key, tie) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        void insert(int at, long key, int ordinal) {
            System.arraycopy(keys, at, keys, at + 1, size - at);
            System.arraycopy(ordinals, at, ordinals, at + 1, size - at);
            keys[at] = key;
            ordinals[at] = ordinal;
            size++;
        }

        void removeAt(int at) {
            System.arraycopy(keys, at + 1, keys, at, size - at - 1);
            System.arraycopy(ordinals, at + 1, ordinals, at, size - at - 1);
            size--;
        }
    }
}
