package io.spanlake.query.tail;

import io.spanlake.model.Placement;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.row.RowState;
import io.spanlake.query.cursor.RowPosition;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a tail should say, computed from all writes anew by their whole states. */
public final class NaiveTail {
    private final Map<String, RowState> visible = new HashMap<>();

    public NaiveTail(Collection<Write> writes, TransactionId closed) {
        writes.forEach(write -> visible.merge(write.rowId(), RowState.of(write), RowState::join));
        visible.values().removeIf(state -> state.deleted() || isUnresolved(state, closed));
    }

    private static boolean isUnresolved(RowState state, TransactionId closed) {
        return state.patchOnly() && state.first().transaction().compareTo(closed) > 0;
    }

    public List<RowState> newestFirst() {
        return visible.values().stream()
                .sorted(Comparator.comparing(NaiveTail::position).reversed())
                .toList();
    }

    public List<String> idsNewestFirst() {
        return newestFirst().stream().map(RowState::rowId).toList();
    }

    public List<RowState> trace(String traceId) {
        return visible.values().stream()
                .filter(state -> trace(state).equals(traceId))
                .sorted(Comparator.comparing(NaiveTail::position))
                .toList();
    }

    public TailCounts counts() {
        long traces = visible.values().stream().map(NaiveTail::trace).distinct().count();
        return new TailCounts(visible.size(), traces);
    }

    /** A row that names none is a trace of its own. */
    private static String trace(RowState state) {
        return state.traceId().orElse(state.rowId());
    }

    public static RowPosition position(RowState state) {
        return new RowPosition(state.first().paginationNumber(), Placement.hash(state.rowId()));
    }
}
