package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import java.util.List;
import java.util.Optional;

/**
 * A row as it is stored for good: its fields as JSON that any program can read, and beside them what else later joins may
 * need. Layout: docs/formats/row-state.md.
 *
 * <p>The JSON of a row of one write is that write's, not copied; fields of the protocol ({@code _is_merge} and such) stand in
 * it as they were sent. Else it has the values, and of {@code created}, {@code span_id}, {@code root_span_id}, {@code
 * span_parents} and {@code _parent_id} what stands, in order of the names. Nothing that the server computes is in it, and
 * comments are in the header. A header has about ten bytes for one write, a few more for each further one once they are {@link
 * RowState#settle settled}, and ten to thirty for each before that. Where an object keeps versions, a row that is one no more
 * also says from which transaction on.
 *
 * @param json   one JSON object without line breaks, all else byte for byte as it was sent
 * @param header of a few dozen bytes
 */
public record StoredRow(ByteSlice json, ByteSlice header) {
    /** CPU work; thread-safe. The row is that of all writes in the state, deleted or not. */
    public static StoredRow of(RowState state) {
        return StoredRowEncoder.encode(state);
    }

    /**
     * The state that this was made of, for later joins. Values of it are ranges of {@link #json()}.
     *
     * @throws RowStateFormatException where header and JSON are not what was written. Altered bytes that still are a row
     *     are not noticed: whoever stores them adds a checksum
     */
    public RowState state(ObjectRef object, String rowId) {
        return StoredRowDecoder.state(current(), object, rowId);
    }

    /** The transaction that put another version in its place, or deleted it; empty while it is the newest. */
    public Optional<TransactionId> until() {
        return StoredUntil.of(header);
    }

    /** The same version, of which it is known how long it was the newest. */
    public StoredRow until(Optional<TransactionId> until) {
        return new StoredRow(
                json, until.map(end -> StoredUntil.with(header, end)).orElseGet(() -> StoredUntil.without(header)));
    }

    private StoredRow current() {
        return new StoredRow(json, ownHeader());
    }

    private ByteSlice ownHeader() {
        return StoredUntil.without(header);
    }

    /**
     * Whether a field of this name at the top of {@link #json()} is one that readers see with that value: neither of the
     * protocol nor computed by the server. Of a name that stands twice the last counts, of fields that stand null is absent.
     */
    public static boolean isField(String name) {
        return !Fold.NOT_VALUES.contains(name) || OwnJson.isSeen(name);
    }

    /** As {@link RowState#stamps()}, from the header alone. */
    public List<Stamp> stamps() {
        return StoredRowDecoder.stamps(ownHeader());
    }

    /**
     * As {@link RowState#writes()} of a row that is {@link #isSettled settled}, from the header alone. The trace stands at
     * the write from which on it counts, which need not be the one that named it.
     *
     * @param traceId as {@link #traceId()}
     * @throws RowStateFormatException where the row is not settled
     */
    public List<RowWrite> settledWrites(Optional<String> traceId) {
        return StoredRowDecoder.settledWrites(ownHeader(), traceId);
    }

    /** As {@link RowState#traceId()}. */
    public Optional<String> traceId() {
        return StoredRowDecoder.traceId(current());
    }

    /** Whether {@link RowState#settle} has nothing more to take from it. */
    public boolean isSettled() {
        return StoredRowDecoder.isSettled(ownHeader());
    }
}
