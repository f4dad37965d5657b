package io.spanlake.segments.fold;

import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.wal.StampSum;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** One row on its way through a cut: what its writes fold to, and which writes they were. Not thread-safe. */
final class RowFold {
    private final BinaryOperator<RowState> join;
    private RowState state;
    private final List<Stamp> stamps = new ArrayList<>(2);

    RowFold(Write first, BinaryOperator<RowState> join) {
        this.join = join;
        state = RowState.of(first);
        stamps.add(first.stamp());
    }

    void add(Write write) {
        state = join.apply(state, RowState.of(write));
        stamps.add(write.stamp());
    }

    RowState state() {
        return state;
    }

    /** What the state remembers. */
    long live() {
        return StampSum.of(state.object(), state.rowId(), state.stamps());
    }

    /**
     * What went in and the state does not remember: writes that a later one replaced, and the second of two that are the
     * same. Counted from the writes, so that a stamp that the state lost or made up shows.
     */
    long folded() {
        var remembered = new ArrayList<>(state.stamps());
        var dropped = new ArrayList<Stamp>();
        for (var stamp : stamps) {
            if (!remembered.remove(stamp)) {
                dropped.add(stamp);
            }
        }
        return StampSum.of(state.object(), state.rowId(), dropped);
    }
}
