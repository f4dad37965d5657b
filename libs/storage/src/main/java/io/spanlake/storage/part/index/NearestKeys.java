package io.spanlake.storage.part.index;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The pagination numbers nearest to where a page begins, of all that were seen: newest first those at or below it, oldest
 * first those at or above. Numbers are unsigned. Not thread-safe.
 */
public final class NearestKeys {
    private final boolean newestFirst;
    private final long from;
    private final int count;
    /** In sortable form; the farthest on top. */
    private final PriorityQueue<Long> nearest;

    /** @param from inclusive */
    public NearestKeys(boolean newestFirst, long from, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("the nearest %d".formatted(count));
        }
        this.newestFirst = newestFirst;
        this.from = FieldIndexWriter.sortable(from);
        this.count = count;
        Comparator<Long> smallestFirst = Comparator.naturalOrder();
        this.nearest = new PriorityQueue<>(newestFirst ? smallestFirst : smallestFirst.reversed());
    }

    /** Whether it has as many as it wants: then more may lie behind the farthest. */
    public boolean isFull() {
        return nearest.size() == count;
    }

    /** The farthest of a full one; else the end of all keys. */
    public long farthest() {
        long farthest = isFull() ? nearest.element() : end();
        return FieldIndexWriter.sortable(farthest);
    }

    private long end() {
        return newestFirst ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** Whether a number of the range could be among the nearest. */
    public boolean wants(long minKey, long maxKey) {
        return wantsSortable(FieldIndexWriter.sortable(minKey), FieldIndexWriter.sortable(maxKey));
    }

    boolean wantsSortable(long min, long max) {
        if (newestFirst) {
            return min <= from && (!isFull() || max > nearest.element());
        }
        return max >= from && (!isFull() || min < nearest.element());
    }

    void see(long sortable) {
        if (!wantsSortable(sortable, sortable)) {
            return;
        }
        if (isFull()) {
            nearest.poll();
        }
        nearest.add(sortable);
    }

    boolean newestFirst() {
        return newestFirst;
    }

    /** Whether it stands between the beginning and the farthest, both included. */
    boolean holds(long sortable) {
        long farthest = isFull() ? nearest.element() : end();
        return newestFirst ? sortable <= from && sortable >= farthest : sortable >= from && sortable <= farthest;
    }

    boolean mayHold(long min, long max) {
        long farthest = isFull() ? nearest.element() : end();
        return newestFirst ? min <= from && max >= farthest : max >= from && min <= farthest;
    }
}
