package io.spanlake.query.tail;

import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.part.VisiblePart;
import java.util.List;
import java.util.Optional;

/**
 * An index at a snapshot.
 *
 * @param lock held by whoever changes or asks it
 */
record IndexedTail(TailIndex index, TailState state, List<VisiblePart> parts, Object lock) implements Tail {
    IndexedTail {
        parts = List.copyOf(parts);
    }

    @Override
    public TailCounts counts() {
        return index.counts();
    }

    @Override
    public long[] traceHashes() {
        return index.traceHashes();
    }

    @Override
    public boolean knows(String rowId) {
        return index.knows(rowId);
    }

    @Override
    public Optional<RowPlaces> row(String rowId) {
        return index.row(rowId);
    }

    @Override
    public List<RowPlaces> trace(String traceId) {
        return index.trace(traceId);
    }

    @Override
    public PlacedRows all() {
        return index.all(lock);
    }

    @Override
    public RowPage page(RowDirection direction, Optional<RowPosition> after, PageLimits limits) {
        return index.page(direction, after, limits);
    }
}
