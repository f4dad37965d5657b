package io.spanlake.query.tail;

import io.spanlake.query.cursor.RowPosition;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/**
 * All visible rows of an index as they are now, oldest first; each is told where it lies when it is asked for, so that a list of
 * the newest costs no more where many lie before them. What comes into the index later is not seen: writes are added only,
 * and the order is a copy, 12 bytes a row. Thread-safe.
 */
final class TailRowList extends AbstractList<RowPlaces> implements RandomAccess, PlacedRows {
    private final TailRows rows;
    private final TailWrites writes;
    private final int writesEnd;
    private final int[] order;
    private final long[] keys;
    private final Object lock;

    /** @param lock held now, and by whoever changes the index */
    TailRowList(TailRows rows, TailWrites writes, Object lock) {
        this(rows, writes, writes.size(), rows.order().ordinals(), lock);
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

    private TailRowList(TailRows rows, TailWrites writes, int writesEnd, int[] order, Object lock) {
        this(
                rows,
                writes,
                writesEnd,
                order,
                IntStream.of(order).mapToLong(rows::key).toArray(),
                lock);
    }

    private TailRowList(TailRows rows, TailWrites writes, int writesEnd, int[] order, long[] keys, Object lock) {
        this.rows = rows;
        this.writes = writes;
        this.writesEnd = writesEnd;
        this.order = order;
        this.keys = keys;
        this.lock = lock;
    }

    /** Sorted as one number each: the second, and the place, of which there are fewer than 2^31. */
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
        int[] sorted = new int[places.length];
        long[] sortedKeys = new long[places.length];
        int[] latest = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            long place = places[places.length - 1 - i];
            int from = (int) place & Integer.MAX_VALUE;
            sorted[i] = order[from];
            sortedKeys[i] = keys[from];
            latest[i] = (int) (place >>> (Integer.SIZE - 1));
        }
        return new LatestFirst(new TailRowList(rows, writes, writesEnd, sorted, sortedKeys, lock), latest);
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
