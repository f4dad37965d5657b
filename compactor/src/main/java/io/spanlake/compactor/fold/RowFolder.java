package io.spanlake.compactor.fold;

import io.spanlake.catalog.Balance;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.wal.StampSum;
import java.util.ArrayList;
import java.util.HashSet;
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
        var outcome = outcome(joined, base.isPresent());
        return new FoldedRow(outcome, balance(all, outcome), base.isPresent(), base.isPresent() && joined.deleted());
    }

    /** The same of a row of a part that is written anew. */
    public FoldedRow keep(RowState row) {
        RowOutcome outcome = isExpired(row) ? new RowOutcome.Gone() : new RowOutcome.Live(row.settle(settledBy));
        return new FoldedRow(outcome, balance(List.of(row), outcome), false, false);
    }

    private RowOutcome outcome(RowState joined, boolean hasBase) {
        boolean closed = joined.last().transaction().compareTo(settledBy) < 0;
        if (joined.deleted()) {
            return closed ? new RowOutcome.Gone() : new RowOutcome.Carried(joined);
        }
        if (joined.patchOnly() && !hasBase && !closed) {
            return new RowOutcome.Carried(joined);
        }
        return isExpired(joined) ? new RowOutcome.Gone() : new RowOutcome.Live(joined.settle(settledBy));
    }

    private boolean isExpired(RowState row) {
        return isExpired(row.first());
    }

    /** @param first stamp of the row's first write */
    public boolean isExpired(Stamp first) {
        return expired.isPresent() && first.transaction().compareTo(expired.get()) < 0;
    }

    /** What was forgotten is found from the inputs, not from the difference: so a mistake shows. */
    private static Balance balance(List<RowState> inputs, RowOutcome outcome) {
        var kept = kept(outcome);
        var forgotten = new ArrayList<Stamp>();
        var unseen = new HashSet<>(kept);
        long in = 0;
        var row = inputs.getFirst();
        for (var input : inputs) {
            var stamps = input.stamps();
            in += StampSum.of(row.object(), row.rowId(), stamps);
            stamps.stream().filter(stamp -> !unseen.remove(stamp)).forEach(forgotten::add);
        }
        long live = StampSum.of(row.object(), row.rowId(), kept);
        long rest = StampSum.of(row.object(), row.rowId(), forgotten);
        return outcome instanceof RowOutcome.Gone ? new Balance(in, live, 0, rest) : new Balance(in, live, rest, 0);
    }

    private static List<Stamp> kept(RowOutcome outcome) {
        return switch (outcome) {
            case RowOutcome.Live(var row) -> row.stamps();
            case RowOutcome.Carried(var state) -> state.stamps();
            case RowOutcome.Gone() -> List.of();
        };
    }
}
