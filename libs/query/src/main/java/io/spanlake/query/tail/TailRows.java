package io.spanlake.query.tail;

import io.spanlake.model.Placement;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The rows of a view: which are visible, in which order, in which trace. A row that names no trace is one that is called
 * as the row is. Rows go by number. Not thread-safe.
 *
 * <p>The rows of a trace are a doubly linked list, so that a row moves between traces at no cost.
 */
final class TailRows {
    private static final int NONE = IdTable.NONE;

    private final IdTable ids = new IdTable();
    private final IdTable traces = new IdTable();
    private final IntColumn traceHead = new IntColumn();
    private final LongColumn key = new LongColumn();
    private final IntColumn trace = new IntColumn();
    private final IntColumn nextInTrace = new IntColumn();
    private final IntColumn previousInTrace = new IntColumn();
    private final BitSet visible = new BitSet();
    private final KeyOrder order = new KeyOrder(this::tie);
    private long inhabitedTraces;

    /** The row's number; a new row is not visible yet. */
    int findOrAdd(String rowId) {
        int row = ids.findOrAdd(rowId);
        if (row == key.size()) {
            key.add(0);
            trace.add(NONE);
            nextInTrace.add(NONE);
            previousInTrace.add(NONE);
        }
        return row;
    }

    int findOrAddTrace(String traceId) {
        int number = traces.findOrAdd(traceId);
        if (number == traceHead.size()) {
            traceHead.add(NONE);
        }
        return number;
    }

    int find(String rowId) {
        return ids.find(rowId);
    }

    int findTrace(String traceId) {
        return traces.find(traceId);
    }

    String id(int row) {
        return ids.id(row);
    }

    boolean isVisible(int row) {
        return visible.get(row);
    }

    long key(int row) {
        return key.get(row);
    }

    long tie(int row) {
        return Placement.hash(ids.id(row));
    }

    KeyOrder order() {
        return order;
    }

    int firstOfTrace(int traceNumber) {
        return traceHead.get(traceNumber);
    }

    int nextOfTrace(int row) {
        return nextInTrace.get(row);
    }

    TailCounts counts() {
        return new TailCounts(order.size(), inhabitedTraces);
    }

    String traceId(int traceNumber) {
        return traces.id(traceNumber);
    }

    /** {@code Placement.hash} of each trace that has a visible row. */
    long[] traceHashes() {
        return IntStream.range(0, traceHead.size())
                .filter(number -> traceHead.get(number) != NONE)
                .mapToLong(number -> Placement.hash(traces.id(number)))
                .toArray();
    }

    int size() {
        return key.size();
    }

    void show(int row, long newKey, int newTrace) {
        if (visible.get(row)) {
            if (key.get(row) == newKey && trace.get(row) == newTrace) {
                return;
            }
            hide(row);
        }
        visible.set(row);
        key.set(row, newKey);
        order.add(newKey, row);
        link(row, newTrace);
    }

    void hide(int row) {
        if (visible.get(row)) {
            visible.clear(row);
            order.remove(key.get(row), row);
            unlink(row);
        }
    }

    long bytes() {
        return ids.bytes()
                + traces.bytes()
                + traceHead.bytes()
                + key.bytes()
                + trace.bytes()
                + nextInTrace.bytes()
                + previousInTrace.bytes()
                + visible.size() / 8
                + order.bytes();
    }

    private void link(int row, int newTrace) {
        trace.set(row, newTrace);
        int head = traceHead.get(newTrace);
        nextInTrace.set(row, head);
        previousInTrace.set(row, NONE);
        if (head == NONE) {
            inhabitedTraces++;
        } else {
            previousInTrace.set(head, row);
        }
        traceHead.set(newTrace, row);
    }

    private void unlink(int row) {
        int left = trace.get(row);
        int next = nextInTrace.get(row);
        int previous = previousInTrace.get(row);
        if (next != NONE) {
            previousInTrace.set(next, previous);
        }
        if (previous != NONE) {
            nextInTrace.set(previous, next);
        } else {
            traceHead.set(left, next);
            if (next == NONE) {
                inhabitedTraces--;
            }
        }
        trace.set(row, NONE);
    }
}
