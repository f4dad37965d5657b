package io.spanlake.query.tail;

import io.spanlake.query.cursor.RowPosition;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * All visible rows of an index as they are now, oldest first; each is told where it lies when it is asked for, so that a list of
 * the newest costs no more where many lie before them. What comes into the index later is not seen: writes are added only,
 * and the order is a copy, 12 bytes a row. Thread-safe.
 */
final class TailRowList extends AbstractList<RowPlaces> implements RandomAccess, PlacedRows {
    /** More rows than these bits can number are not sorted by frames. */
    private static final int INDEX_BITS = 20;

    private final TailRows rows;
    private final TailWrites writes;
    private final int writesEnd;
    private final int[] order;
    private final long[] keys;
    private final Object lock;

    /** @param lock held now, and by whoever changes the index */
    TailRowList(TailRows rows, TailWrites writes, Object lock) {
        this.rows = rows;
        this.writes = writes;
        this.writesEnd = writes.size();
        this.order = rows.order().ordinals();
        this.keys = IntStream.of(order).mapToLong(rows::key).toArray();
        this.lock = lock;
    }

    @Override
    public int size() {
        return order.length;
    }

    @Override
    public RowPlaces get(int index) {
        int row = order[index];
        synchronized (lock) {
            return new RowPlaces(
                    rows.id(row),
                    new RowPosition(keys[index], rows.tie(row)),
                    writes.places(row, writesEnd),
                    writes.bytesOf(row, writesEnd) + TailIndex.CONTROL_BYTES);
        }
    }

    @Override
    public List<RowPlaces> byPlace() {
        return byPlace(IntStream.range(0, order.length).toArray());
    }

    /** Those at some indexes, sorted as one number each: the frame of the newest state, and the index. */
    List<RowPlaces> byPlace(int[] indexes) {
        if (order.length > 1 << INDEX_BITS) {
            return picked(indexes);
        }
        long[] sorted = new long[indexes.length];
        synchronized (lock) {
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = (writes.blockOf(order[indexes[i]], writesEnd) << INDEX_BITS) | indexes[i];
            }
        }
        Arrays.sort(sorted);
        return picked(LongStream.of(sorted)
                .mapToInt(one -> (int) one & ((1 << INDEX_BITS) - 1))
                .toArray());
    }

    private List<RowPlaces> picked(int[] indexes) {
        return new Picked(this, indexes);
    }

    private static final class Picked extends AbstractList<RowPlaces> implements RandomAccess {
        private final TailRowList from;
        private final int[] indexes;

        Picked(TailRowList from, int[] indexes) {
            this.from = from;
            this.indexes = indexes;
        }

        @Override
        public int size() {
            return indexes.length;
        }

        @Override
        public RowPlaces get(int index) {
            return from.get(indexes[index]);
        }
    }

    /** Sorted as one number each: the second, and the index, of which there are fewer than 2^31. */
    @Override
    public LatestFirst latestFirst() {
        long[] places = new long[order.length];
        synchronized (lock) {
            for (int i = 0; i < places.length; i++) {
                long second = Integer.toUnsignedLong(writes.latestStart(order[i], writesEnd));
                places[i] = (second << (Integer.SIZE - 1)) | i;
            }
        }
        Arrays.sort(places);
        int[] indexes = new int[places.length];
        int[] seconds = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            long place = places[places.length - 1 - i];
            indexes[i] = (int) place & Integer.MAX_VALUE;
            seconds[i] = (int) (place >>> (Integer.SIZE - 1));
        }
        return new LatestFirst(this, indexes, seconds);
    }

    @Override
    public Map<Source, Long> countBySource() {
        var counts = new IdentityHashMap<Source, Long>();
        synchronized (lock) {
            Source last = null;
            long count = 0;
            for (int row : order) {
                var source = writes.newestSource(row, writesEnd);
                if (source != last && last != null) {
                    counts.merge(last, count, Long::sum);
                    count = 0;
                }
                last = source;
                count++;
            }
            if (last != null) {
                counts.merge(last, count, Long::sum);
            }
        }
        return counts;
    }
}
