package io.spanlake.compactor.fold;

import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.row.AccountedStamps;
import io.spanlake.model.row.RowState;
import java.util.List;
import java.util.Optional;

/**
 * What a row was from one transaction to another.
 *
 * @param state all writes up to and including its newest transaction
 * @param until the transaction that put another version in its place, or deleted it; empty of the newest
 */
public record RowVersion(RowState state, Optional<TransactionId> until) {
    TransactionId since() {
        return state.last().transaction();
    }

    boolean isSeenAt(TransactionId version) {
        return since().compareTo(version) <= 0
                && until.filter(end -> end.compareTo(version) <= 0).isEmpty();
    }

    /** The writes that are counted with it. */
    List<Stamp> stamps() {
        return AccountedStamps.of(state.object().type(), state.stamps());
    }
}
