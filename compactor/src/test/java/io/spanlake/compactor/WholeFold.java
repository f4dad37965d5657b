package io.spanlake.compactor;

import io.spanlake.model.Placement;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.row.RowIdentity;
import io.spanlake.model.row.RowState;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.execute.SourceRow;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What readers should see: all writes folded at once, whatever layout they lie in. */
final class WholeFold {
    private final Map<String, RowState> visible = new HashMap<>();
    private final RowIdentity identity;

    /** @param closed a patch whose base may still come is not shown before */
    WholeFold(Collection<Write> writes, TransactionId closed, RowIdentity identity) {
        this.identity = identity;
        writes.forEach(write -> visible.merge(write.rowId(), RowState.of(write), RowState::join));
        visible.values().removeIf(state -> state.deleted() || waits(state, closed));
    }

    private static boolean waits(RowState state, TransactionId closed) {
        return state.patchOnly() && state.first().transaction().compareTo(closed) > 0;
    }

    List<String> newestFirst() {
        return visible.values().stream()
                .sorted(Comparator.comparing(WholeFold::position).reversed())
                .map(this::json)
                .toList();
    }

    /** The rows as queries see them, oldest first. */
    List<SourceRow> sourceRows() {
        return visible.values().stream()
                .sorted(Comparator.comparing(WholeFold::position))
                .map(state -> new SourceRow(state.rowId(), state.first().paginationNumber(), state.json(identity)))
                .toList();
    }

    Optional<String> row(String rowId) {
        return Optional.ofNullable(visible.get(rowId)).map(this::json);
    }

    Set<String> trace(String traceId) {
        return visible.values().stream()
                .filter(state -> trace(state).equals(traceId))
                .map(this::json)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    long rows() {
        return visible.size();
    }

    long traces() {
        return visible.values().stream().map(WholeFold::trace).distinct().count();
    }

    private static String trace(RowState state) {
        return state.traceId().orElse(state.rowId());
    }

    private static RowPosition position(RowState state) {
        return new RowPosition(state.first().paginationNumber(), Placement.hash(state.rowId()));
    }

    private String json(RowState state) {
        return state.json(identity).toUtf8();
    }
}
