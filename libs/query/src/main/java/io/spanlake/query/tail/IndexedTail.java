package io.spanlake.query.tail;

import io.spanlake.catalog.WalSnapshot;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import java.util.List;
import java.util.Optional;

/** An index at a snapshot. */
record IndexedTail(TailIndex index, TailState state) implements Tail {
    static IndexedTail of(TailIndex index, WalSnapshot snapshot) {
        return new IndexedTail(index, new TailState(snapshot.positions(), snapshot.gaps(), snapshot.closed()));
    }

    @Override
    public TailCounts counts() {
        return index.counts();
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
    public RowPage page(RowDirection direction, Optional<RowPosition> after, PageLimits limits) {
        return index.page(direction, after, limits);
    }
}
