package io.spanlake.query.part;

import io.spanlake.model.Placement;
import io.spanlake.storage.part.PartKey;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.roaringbitmap.RoaringBitmap;

/** Which rows of a part are of one trace: a hash of each trace and the ordinal of its first row, 12 bytes a trace. */
final class TraceRuns {
    private static final int FIRST_SIZE = 64;

    private long[] hashes = new long[FIRST_SIZE];
    private int[] firsts = new int[FIRST_SIZE];
    private int size;
    private int rows;
    private String open = "";

    /** Keys come in order of ordinals. */
    void add(PartKey key) {
        rows = key.ordinal() + 1;
        if (size > 0 && open.equals(key.traceKey())) {
            return;
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
            firsts = Arrays.copyOf(firsts, 2 * size);
        }
        open = key.traceKey();
        hashes[size] = Placement.hash(open);
        firsts[size++] = key.ordinal();
    }

    /** Hash of each trace of which a row is not hidden. */
    void forEachVisible(RoaringBitmap hidden, LongConsumer action) {
        for (int i = 0; i < size; i++) {
            long first = firsts[i];
            long next = i + 1 < size ? firsts[i + 1] : rows;
            if (hidden.isEmpty() || hidden.rangeCardinality(first, next) < next - first) {
                action.accept(hashes[i]);
            }
        }
    }

    long bytes() {
        return 64 + (long) hashes.length * (Long.BYTES + Integer.BYTES);
    }
}
