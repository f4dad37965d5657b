package io.spanlake.compactor.fold;

import io.spanlake.catalog.Balance;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.row.AccountedStamps;
import io.spanlake.model.row.RowState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Folds the states of one row with the row that a part has of it. Pure and thread-safe.
 *
 * @param settledBy everything before it is known here or stands in a part: what is older can be let go
 * @param expired   rows that arrived before it are kept no longer
 */
public record RowFolder(TransactionId settledBy, Optional<TransactionId> expired) {
    /**
     * @param states of the tail, at least one, of one row
     * @param base   the live row of a part
     */
    public FoldedRow fold(List<RowState> states, Optional<RowState> base) {
        var all = Stream.concat(base.stream(), states.stream()).toList();
        var joined = all.stream().reduce(RowState::join).orElseThrow();
        boolean erased = base.isPresent() && forgets(joined, base.get());
        var outcome = outcome(joined, base.isPresent() && !erased);
        return new FoldedRow(outcome, balance(all, outcome), base.isPresent(), erased);
    }

    /** Of the transaction itself writes may still come, older ones than it has too. */
    static RowState settled(RowState row, TransactionId settledBy) {
        return row.last().transaction().compareTo(settledBy) < 0 ? row.settle(settledBy) : row;
    }

    /** Whether something of the base is deleted: it may have been written anew since. */
    static boolean forgets(RowState joined, RowState base) {
        return joined.stamps().getFirst().compareTo(base.stamps().getFirst()) > 0;
    }

    /** The same of a row of a part that is written anew. */
    public FoldedRow keep(RowState row) {
        boolean gone = isExpired(row);
        var account = new StampAccount(row.object(), row.rowId());
        var stamps = AccountedStamps.of(row.object().type(), row.stamps());
        account.in(stamps);
        account.kept(gone ? List.of() : stamps);
        var outcome = gone ? new RowOutcome.Gone() : new RowOutcome.Live(settled(row, settledBy));
        return new FoldedRow(outcome, account.balance(gone), false, false);
    }

    private RowOutcome outcome(RowState joined, boolean goesOn) {
        boolean closed = joined.last().transaction().compareTo(settledBy) < 0;
        if (joined.deleted()) {
            return closed ? new RowOutcome.Gone() : new RowOutcome.Carried(joined);
        }
        if (joined.patchOnly() && !goesOn && !closed) {
            return new RowOutcome.Carried(joined);
        }
        return isExpired(joined) ? new RowOutcome.Gone() : new RowOutcome.Live(settled(joined, settledBy));
    }

    private boolean isExpired(RowState row) {
        return isExpired(row.first());
    }

    /** @param first stamp of the row's first write */
    public boolean isExpired(Stamp first) {
        return expired.isPresent() && first.transaction().compareTo(expired.get()) < 0;
    }

    private static Balance balance(List<RowState> inputs, RowOutcome outcome) {
        var row = inputs.getFirst();
        var account = new StampAccount(row.object(), row.rowId());
        inputs.forEach(input -> account.in(input.stamps()));
        account.kept(kept(outcome));
        return account.balance(outcome instanceof RowOutcome.Gone);
    }

    private static List<Stamp> kept(RowOutcome outcome) {
        return switch (outcome) {
            case RowOutcome.Live(var row) -> row.stamps();
            case RowOutcome.Carried(var state) -> state.stamps();
            case RowOutcome.Gone() -> List.of();
        };
    }
}
