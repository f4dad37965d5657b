package io.spanlake.simulation.check;

import io.spanlake.catalog.LogOffset;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.model.TransactionId;
import io.spanlake.model.row.RowIdentity;
import io.spanlake.model.row.RowState;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.simulation.log.Topic;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What all writes of an object that were appended before some places fold to, whatever became of them. */
public final class Expected {
    private final TreeMap<String, RowState> rows = new TreeMap<>();
    private final RowIdentity identity;

    private Expected(RowIdentity identity) {
        this.identity = identity;
    }

    public static Expected of(Topic topic, Map<Integer, LogOffset> places, ObjectRef object, RowIdentity identity) {
        var expected = new Expected(identity);
        topic.forEachBefore(places, write -> {
            if (write.object().equals(object)) {
                expected.rows.merge(write.rowId(), RowState.of(write), RowState::join);
            }
        });
        return expected;
    }

    Map<String, RowState> states() {
        return rows;
    }

    /** A patch whose row may still come is not shown before. */
    public Expected visibleAt(TransactionId closed) {
        var visible = new Expected(identity);
        visible.rows.putAll(rows);
        visible.rows.values().removeIf(state -> state.deleted() || waits(state, closed));
        return visible;
    }

    private static boolean waits(RowState state, TransactionId closed) {
        return state.patchOnly() && state.first().transaction().compareTo(closed) > 0;
    }

    public List<String> oldestFirst() {
        return sorted().stream().map(this::json).toList();
    }

    /** As queries see them, oldest first. */
    public List<SourceRow> sourceRows() {
        return sorted().stream()
                .map(state -> new SourceRow(state.rowId(), state.first().paginationNumber(), state.json(identity)))
                .toList();
    }

    public Optional<String> row(String rowId) {
        return Optional.ofNullable(rows.get(rowId)).map(this::json);
    }

    public List<String> trace(String traceId) {
        return rows.values().stream()
                .filter(state -> trace(state).equals(traceId))
                .map(this::json)
                .sorted()
                .toList();
    }

    public long count() {
        return rows.size();
    }

    public long traces() {
        return rows.values().stream().map(Expected::trace).distinct().count();
    }

    private List<RowState> sorted() {
        return rows.values().stream()
                .sorted(Comparator.comparing(
                        state -> new RowPosition(state.first().paginationNumber(), Placement.hash(state.rowId()))))
                .toList();
    }

    private static String trace(RowState state) {
        return state.traceId().orElse(state.rowId());
    }

    private String json(RowState state) {
        return state.json(identity).toUtf8();
    }
}
