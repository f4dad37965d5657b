package io.spanlake.storage.part;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.TransactionId;
import io.spanlake.model.row.RowState;
import io.spanlake.model.row.StoredRow;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole row on its way into or out of a part.
 *
 * @param rowId   the row
 * @param traceId the trace that it lies in; empty where the row is a trace of its own
 * @param stored  the row's own fields as one JSON object, and the rest of its state
 * @param facts   what a part keeps of it beside
 * @param frame   that it was read from with all its neighbours; its JSON is a range of that frame's lines
 * @param origin  where it lies; what indexes say of it there is said of it again
 */
public record PartRow(
        String rowId,
        Optional<String> traceId,
        StoredRow stored,
        RowFacts facts,
        Optional<StoredFrame> frame,
        Optional<RowOrigin> origin) {
    /**
     * @param settled what all writes of the row fold to; the smaller its history, the smaller the part
     * @throws IllegalArgumentException where the row is deleted: a part holds no tombstones
     */
    public static PartRow of(RowState settled) {
        return of(settled, StoredRow.of(settled));
    }

    /**
     * The same of a version of a row.
     *
     * @param until the transaction that put another in its place, where one did
     */
    public static PartRow of(RowState settled, Optional<TransactionId> until) {
        return of(settled, StoredRow.of(settled).until(until));
    }

    /** The same of a row that is stored already, whose JSON is taken as it is. */
    public static PartRow of(ObjectRef object, String rowId, StoredRow stored) {
        return of(stored.state(object, rowId), stored);
    }

    private static PartRow of(RowState state, StoredRow stored) {
        if (state.deleted()) {
            throw new IllegalArgumentException("a deleted row of %s in a part".formatted(state.object()));
        }
        return new PartRow(
                state.rowId(),
                state.traceId(),
                stored,
                RowFacts.of(state, stored.json()),
                Optional.empty(),
                Optional.empty());
    }

    /** What the rows that lie together in a part have in common: the trace, or the row itself where it names none. */
    public String traceKey() {
        return traceId.orElse(rowId);
    }

    /** As {@link StoredRow#until()}. */
    public Optional<TransactionId> until() {
        return stored.until();
    }

    PartRow from(StoredFrame source, RowOrigin place) {
        return new PartRow(rowId, traceId, stored, facts, Optional.of(source), Optional.of(place));
    }

    /** The same, to be indexed anew: among rows that it shares texts with, these are indexed once for all. */
    public PartRow indexedAnew() {
        return new PartRow(rowId, traceId, stored, facts, frame, Optional.empty());
    }

    /** Where a row was read from does not make it another. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PartRow row
                && rowId.equals(row.rowId)
                && traceId.equals(row.traceId)
                && stored.equals(row.stored)
                && facts.equals(row.facts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(rowId, traceId, stored, facts);
    }
}
