package io.spanlake.query.tail;

import io.spanlake.query.cursor.RowPosition;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * All visible rows of an index as they are now, oldest first; each is told where it lies when it is asked for, so that a list of
 * the newest costs no more where many lie before them. What comes into the index later is not seen: writes are added only,
 * and the order is a copy, 12 bytes a row, and as many where it was asked for by time. Thread-safe.
 */
final class TailRowList extends AbstractList<RowPlaces> implements RandomAccess, PlacedRows {
    /** More rows than these bits can number are not sorted by frames. */
    private static final int INDEX_BITS = 20;

    /** Whoever waits for the index waits for no more than so many to be looked at. */
    private static final int LOOKED_AT_ONCE = 1_024;

    private final TailRows rows;
    private final TailWrites writes;
    private final int writesEnd;
    private final int[] order;
    private final long[] keys;
    private final List<Source> sources;
    private final Object lock;
    /** Made when it is asked for. Several threads may make it, each the same. */
    private volatile @Nullable LatestFirst latestFirst;

    private volatile @Nullable Map<Source, Long> countBySource;

    /** @param lock held now, and by whoever changes the index */
    TailRowList(TailRows rows, TailWrites writes, Object lock) {
        this(rows, writes, rows.order().ordinals(), lock);
    }

    private TailRowList(TailRows rows, TailWrites writes, int[] order, Object lock) {
        this(
                rows,
                writes,
                writes.size(),
                order,
                IntStream.of(order).mapToLong(rows::key).toArray(),
                List.copyOf(writes.sources()),
                lock);
    }

    private TailRowList(
            TailRows rows,
            TailWrites writes,
            int writesEnd,
            int[] order,
            long[] keys,
            List<Source> sources,
            Object lock) {
        this.rows = rows;
        this.writes = writes;
        this.writesEnd = writesEnd;
        this.order = order;
        this.keys = keys;
        this.sources = sources;
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

    List<Source> sources() {
        return sources;
    }

    interface Eye {
        void see(int index, PickedRows.States states);
    }

    /** Shows the rows at some indexes, one after another, while nobody else asks the index; between runs of them others may. */
    void look(int[] indexes, Eye eye) {
        var states = new StatesNow();
        for (int first = 0; first < indexes.length; first += LOOKED_AT_ONCE) {
            look(indexes, first, Math.min(indexes.length, first + LOOKED_AT_ONCE), states, eye);
        }
    }

    private void look(int[] indexes, int first, int next, StatesNow states, Eye eye) {
        synchronized (lock) {
            for (int i = first; i < next; i++) {
                states.row = order[indexes[i]];
                eye.see(indexes[i], states);
            }
        }
    }

    private final class StatesNow implements PickedRows.States {
        private int row;

        @Override
        public boolean any(PickedRows.StateTest test) {
            return writes.anyPlace(row, writesEnd, test);
        }

        @Override
        public boolean isOne() {
            return writes.isOnePlace(row, writesEnd);
        }

        @Override
        public Source newest() {
            return writes.newestSource(row, writesEnd);
        }

        @Override
        public long bytes() {
            return writes.bytesOf(row, writesEnd) + TailIndex.CONTROL_BYTES;
        }
    }

    @Override
    public PickedRows inOrder() {
        return new PickedRows(this, IntStream.range(0, order.length).toArray());
    }

    @Override
    public PickedRows byPlace() {
        return byPlace(IntStream.range(0, order.length).toArray());
    }

    /** Those at some indexes, sorted as one number each: the frame of the newest state, and the index. */
    PickedRows byPlace(int[] indexes) {
        if (order.length > 1 << INDEX_BITS) {
            return new PickedRows(this, indexes);
        }
        long[] sorted = new long[indexes.length];
        synchronized (lock) {
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = (writes.blockOf(order[indexes[i]], writesEnd) << INDEX_BITS) | indexes[i];
            }
        }
        Arrays.sort(sorted);
        return new PickedRows(
                this,
                LongStream.of(sorted)
                        .mapToInt(one -> (int) one & ((1 << INDEX_BITS) - 1))
                        .toArray());
    }

    @Override
    public PlacedRows named(Collection<String> rowIds, Collection<String> traceIds) {
        synchronized (lock) {
            int[] ids = rowIds.stream()
                    .mapToInt(rows::find)
                    .filter(id -> id != IdTable.NONE)
                    .sorted()
                    .toArray();
            int[] traces = traceIds.stream()
                    .mapToInt(rows::findTrace)
                    .filter(trace -> trace != IdTable.NONE)
                    .sorted()
                    .toArray();
            return at(IntStream.range(0, order.length)
                    .filter(index -> has(ids, order[index])
                            || (traces.length > 0 && writes.anyTrace(order[index], writesEnd, t -> has(traces, t))))
                    .toArray());
        }
    }

    private static boolean has(int[] sorted, int number) {
        return sorted.length == 1 ? sorted[0] == number : Arrays.binarySearch(sorted, number) >= 0;
    }

    private TailRowList at(int[] indexes) {
        return new TailRowList(
                rows,
                writes,
                writesEnd,
                IntStream.of(indexes).map(index -> order[index]).toArray(),
                IntStream.of(indexes).mapToLong(index -> keys[index]).toArray(),
                sources,
                lock);
    }

    @Override
    public LatestFirst latestFirst() {
        var known = latestFirst;
        if (known == null) {
            known = sortedByStart();
            latestFirst = known;
        }
        return known;
    }

    /** Sorted as one number each: the second, and the index, of which there are fewer than 2^31. */
    private LatestFirst sortedByStart() {
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
        var known = countBySource;
        if (known == null) {
            known = counted();
            countBySource = known;
        }
        return known;
    }

    private Map<Source, Long> counted() {
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
        return Collections.unmodifiableMap(counts);
    }
}
