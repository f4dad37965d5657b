package io.spanlake.storage.part;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.row.RowState;
import io.spanlake.model.row.StoredRow;
import java.util.Optional;

/**
 * A whole row on its way into or out of a part.
 *
 * @param rowId   the row
 * @param traceId the trace that it lies in; empty where the row is a trace of its own
 * @param stored  the row's own fields as one JSON object, and the rest of its state
 * @param facts   what a part keeps of it beside
 */
public record PartRow(String rowId, Optional<String> traceId, StoredRow stored, RowFacts facts) {
    /**
     * @param settled what all writes of the row fold to; the smaller its history, the smaller the part
     * @throws IllegalArgumentException where the row is deleted: a part holds no tombstones
     */
    public static PartRow of(RowState settled) {
        return of(settled, StoredRow.of(settled));
    }

    /** The same of a row that is stored already, whose JSON is taken as it is. */
    public static PartRow of(ObjectRef object, String rowId, StoredRow stored) {
        return of(stored.state(object, rowId), stored);
    }

    private static PartRow of(RowState state, StoredRow stored) {
        if (state.deleted()) {
            throw new IllegalArgumentException("a deleted row of %s in a part".formatted(state.object()));
        }
        return new PartRow(state.rowId(), state.traceId(), stored, RowFacts.of(state, stored.json()));
    }

    /** What the rows that lie together in a part have in common: the trace, or the row itself where it names none. */
    public String traceKey() {
        return traceId.orElse(rowId);
    }
}
