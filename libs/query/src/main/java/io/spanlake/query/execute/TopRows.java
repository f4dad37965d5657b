package io.spanlake.query.execute;

import io.spanlake.query.plan.Tuple;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Rows of parts that may be among the first.
 *
 * @param keyed present where a sort needs nothing of rows but their keys
 */
record TopRows(QueryRun run, LayerScan scan, Optional<KeyedRows> keyed) {
    boolean canBeUnread() {
        return keyed.isPresent();
    }

    /** Rows that the columns have admitted. */
    Flux<Tuple> admitted(RowView view, TopPart prepared, RoaringBitmap rows, ColumnTest test) {
        var sure = test.sure(rows);
        var others = RoaringBitmap.andNot(rows, sure);
        return Flux.concat(
                sure.isEmpty() ? Flux.empty() : scan.meeting(run, view, prepared.part(), sure, Optional.empty()),
                meeting(view, prepared, others));
    }

    /** Any rows of the part that meet the condition, tested by columns first where they are many. */
    Flux<Tuple> tested(RowView view, TopPart prepared, RoaringBitmap rows) {
        if (rows.getLongCardinality() <= prepared.part().fewRows()) {
            return meeting(view, prepared, rows);
        }
        return prepared.test()
                .flatMapMany(test -> test.map(some -> Mono.fromCallable(() -> some.admitted(rows))
                                .subscribeOn(run.work())
                                .flatMapMany(admitted -> admitted(view, prepared, admitted, some)))
                        .orElseGet(() -> meeting(view, prepared, rows)));
    }

    Flux<Tuple> withoutKey(RowView view, TopPart prepared, RoaringBitmap rows) {
        return isUnread(prepared) ? withKey(view, prepared, rows) : tested(view, prepared, rows);
    }

    /** Whether the columns say all that is asked of the part's rows. */
    private boolean isUnread(TopPart prepared) {
        return keyed.isPresent()
                && prepared.rest().isEmpty()
                && prepared.vector().isPresent();
    }

    /** @param rows of which the column says all */
    Flux<Tuple> withKey(RowView view, TopPart prepared, RoaringBitmap rows) {
        return isUnread(prepared)
                ? keyed.orElseThrow()
                        .rows(view, prepared.part(), rows, prepared.vector().orElseThrow())
                : meeting(view, prepared, rows);
    }

    Flux<Tuple> meeting(RowView view, TopPart prepared, RoaringBitmap rows) {
        return scan.meeting(run, view, prepared.part(), rows, prepared.rest());
    }
}
