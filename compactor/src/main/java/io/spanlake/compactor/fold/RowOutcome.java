package io.spanlake.compactor.fold;

import io.spanlake.model.row.RowState;

/** What becomes of a row of the tail. */
public sealed interface RowOutcome {
    /** A whole row, for a part. */
    record Live(RowState row) implements RowOutcome {}

    /** A patch or tombstone that cannot be resolved yet: it stays in the tail. */
    record Carried(RowState state) implements RowOutcome {}

    /** A tombstone that has done its work, or a row that is kept no longer: nothing is left of it. */
    record Gone() implements RowOutcome {}
}
