package io.spanlake.compactor.fold;

import io.spanlake.catalog.Balance;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.model.Stamp;
import io.spanlake.storage.wal.StampSum;
import java.util.ArrayList;
import java.util.List;

/**
 * The account of one row's writes: what went in, what is kept, what was forgotten. What was forgotten is found from what went
 * in, not from the difference: so a mistake shows. Not thread-safe.
 */
final class StampAccount {
    private final ObjectRef object;
    private final String rowId;
    private final List<Stamp> in = new ArrayList<>();
    private final List<Stamp> kept = new ArrayList<>();

    StampAccount(ObjectRef object, String rowId) {
        this.object = object;
        this.rowId = rowId;
    }

    void in(List<Stamp> stamps) {
        in.addAll(stamps);
    }

    void kept(List<Stamp> stamps) {
        kept.addAll(stamps);
    }

    /** Where the row is gone as a whole, what it had is dropped, not folded. */
    Balance balance(boolean gone) {
        var unseen = new ArrayList<>(kept);
        var forgotten = new ArrayList<Stamp>();
        in.stream().filter(stamp -> !unseen.remove(stamp)).forEach(forgotten::add);
        long object64 = StampSum.hashOf(object);
        long row64 = Placement.hash(rowId);
        long live = StampSum.of(object64, row64, kept);
        long rest = StampSum.of(object64, row64, forgotten);
        return new Balance(StampSum.of(object64, row64, in), live, gone ? 0 : rest, gone ? rest : 0);
    }
}
