package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.row.RowWrite;
import io.spanlake.model.row.StoredRow;
import java.util.List;
import java.util.Optional;

/**
 * What names a row of a part, without the row.
 *
 * @param ordinal place of the row in the part, from 0
 * @param traceId empty where the row is a trace of its own
 * @param first   the oldest write since the last delete
 * @param last    the newest write
 * @param stamps  the writes that the row remembers, oldest first
 * @param header  of the stored row
 */
public record PartKey(
        int ordinal,
        String rowId,
        Optional<String> traceId,
        Stamp first,
        Stamp last,
        List<Stamp> stamps,
        ByteSlice header) {
    private static final ByteSlice NOTHING = ByteSlice.of(new byte[0]);

    public PartKey {
        stamps = List.copyOf(stamps);
    }

    /** What the row remembers of each write; empty where only the whole row says it. */
    public Optional<List<RowWrite>> writes() {
        var row = new StoredRow(NOTHING, header);
        return row.isSettled() ? Optional.of(row.settledWrites(traceId)) : Optional.empty();
    }

    /** As {@link StoredRow#until()}. */
    public Optional<TransactionId> until() {
        return new StoredRow(NOTHING, header).until();
    }

    /** Whether the row is what readers see who ask for the object as it was at the end of a transaction. */
    public boolean isSeenAt(TransactionId version) {
        return last.transaction().compareTo(version) <= 0
                && until().filter(end -> end.compareTo(version) <= 0).isEmpty();
    }

    /** As {@link PartRow#traceKey}. */
    public String traceKey() {
        return traceId.orElse(rowId);
    }
}
