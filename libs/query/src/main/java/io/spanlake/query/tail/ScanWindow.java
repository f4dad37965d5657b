package io.spanlake.query.tail;

import io.spanlake.model.WriteKind;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The stretch of the order in which a pass looks for rows: from where the page begins over the next so many writes. A row
 * stands at one of its own writes, so every row of the stretch has a write in it, and few rows have.
 */
final class ScanWindow {
    private final RowDirection direction;
    private final long from;
    private final int writesMax;
    /** The writes nearest to {@code from}; the farthest of them on top. */
    private final PriorityQueue<Long> nearest;

    /** @param from pagination number at which it begins, inclusive */
    ScanWindow(RowDirection direction, long from, int writesMax) {
        this.direction = direction;
        this.from = from;
        this.writesMax = writesMax;
        Comparator<Long> byNumber = Long::compareUnsigned;
        this.nearest = new PriorityQueue<>(direction == RowDirection.NEWEST_FIRST ? byNumber : byNumber.reversed());
    }

    void see(WriteKey write) {
        long number = write.stamp().paginationNumber();
        if (write.kind() == WriteKind.DELETE || comesBefore(number, from)) {
            return;
        }
        if (nearest.size() < writesMax) {
            nearest.add(number);
        } else if (comesBefore(number, nearest.element())) {
            nearest.poll();
            nearest.add(number);
        }
    }

    /** Whether writes may lie beyond its end. */
    boolean isFull() {
        return nearest.size() == writesMax;
    }

    boolean holds(long number) {
        return !comesBefore(number, from) && (!isFull() || !comesBefore(nearest.element(), number));
    }

    /** A position behind all rows of a full window and before all others. */
    RowPosition end() {
        return new RowPosition(nearest.element(), direction == RowDirection.NEWEST_FIRST ? 0 : -1);
    }

    /** In the order of the list. */
    private boolean comesBefore(long one, long other) {
        int order = Long.compareUnsigned(one, other);
        return direction == RowDirection.NEWEST_FIRST ? order > 0 : order < 0;
    }
}
