package io.spanlake.storage.processed;

import io.spanlake.model.Placement;
import io.spanlake.model.Stamp;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the footer says of one row state: enough to join it with other states of the row in all but its values.
 *
 * @param rowHash   {@code Placement.hash} of the row id
 * @param placed    whether it was placed under a trace; else it stands for itself, or is a patch whose trace is not known
 * @param traceHash {@code Placement.hash} of the trace under which it was placed, 0 where there is none
 * @param deleted   as {@link RowState#deleted()}
 * @param patchOnly as {@link RowState#patchOnly()}
 * @param writes    those that the state remembers, oldest first, at least one
 * @param offset    of the state in its frame, uncompressed
 * @param length    in bytes
 */
public record ProcessedRow(
        long rowHash,
        boolean placed,
        long traceHash,
        boolean deleted,
        boolean patchOnly,
        List<WriteFacts> writes,
        int offset,
        int length) {
    /**
     * One write.
     *
     * @param namesTrace whether it says in which trace the row lies
     * @param traceHash  of that trace, 0 where it names none
     */
    public record WriteFacts(Stamp stamp, WriteKind kind, boolean namesTrace, long traceHash) {}

    public ProcessedRow {
        writes = List.copyOf(writes);
    }

    static ProcessedRow of(RowState state, Optional<String> placementTrace, int offset, int length) {
        var writes = new ArrayList<WriteFacts>();
        for (var write : state.writes()) {
            var trace = write.traceId();
            writes.add(new WriteFacts(
                    write.stamp(),
                    write.kind(),
                    trace.isPresent(),
                    trace.map(Placement::hash).orElse(0L)));
        }
        return new ProcessedRow(
                Placement.hash(state.rowId()),
                placementTrace.isPresent(),
                placementTrace.map(Placement::hash).orElse(0L),
                state.deleted(),
                state.patchOnly(),
                writes,
                offset,
                length);
    }

    /** As {@link RowState#first()}. */
    public Stamp first() {
        boolean afterDelete = writes.getFirst().kind() == WriteKind.DELETE && writes.size() > 1;
        return writes.get(afterDelete ? 1 : 0).stamp();
    }

    /** As {@link RowState#last()}. */
    public Stamp last() {
        return writes.getLast().stamp();
    }

    /** Whether it could be the state of which this was said. */
    boolean describes(RowState state) {
        var seen = of(state, Optional.empty(), offset, length);
        return rowHash == seen.rowHash
                && deleted == seen.deleted
                && patchOnly == seen.patchOnly
                && writes.equals(seen.writes);
    }
}
