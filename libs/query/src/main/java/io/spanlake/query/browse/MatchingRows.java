package io.spanlake.query.browse;

import io.spanlake.model.Placement;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.execute.RowView;
import io.spanlake.query.execute.ScanRequest;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** The rows of a snapshot that are meant, in one of the two orders of their first writes, for as long as the work lasts. */
final class MatchingRows {
    /** Rows may be large: few are held ahead. */
    private static final int PREFETCH = 4;

    private final RowView view;
    private final BoundRows bound;
    private final Scheduler thread;

    MatchingRows(RowView view, BoundRows bound, Scheduler thread) {
        this.view = view;
        this.bound = bound;
        this.thread = thread;
    }

    /** A row that was looked at; its tuple is absent where it is not meant. */
    record Examined(SourceRow row, RowPosition position, Optional<Tuple> tuple) {}

    /** A row that is meant. */
    record Match(SourceRow row, Tuple tuple) {}

    /** @param after where they begin, not included */
    Flux<Examined> examined(Plan.Order order, Optional<RowPosition> after, Work work) {
        boolean oldestFirst = order == Plan.Order.OLDEST_FIRST;
        var request = new ScanRequest(hint(oldestFirst, after), Optional.empty(), order, OptionalLong.empty());
        return view.scan(request)
                .publishOn(thread, PREFETCH)
                .map(row -> new Examined(
                        row, new RowPosition(row.paginationNumber(), Placement.hash(row.id())), Optional.empty()))
                .filter(row -> after.isEmpty() || isBehind(row.position, after.get(), oldestFirst))
                .takeWhile(_ -> work.goesOn())
                .map(row -> new Examined(row.row, row.position, bound.match(row.row)));
    }

    /** All that are meant. */
    Flux<Match> newestFirst(Work work) {
        return examined(Plan.Order.NEWEST_FIRST, Optional.empty(), work)
                .mapNotNull(
                        row -> row.tuple.map(tuple -> new Match(row.row, tuple)).orElse(null));
    }

    private static boolean isBehind(RowPosition row, RowPosition after, boolean oldestFirst) {
        return oldestFirst ? row.compareTo(after) > 0 : row.compareTo(after) < 0;
    }

    /** The store is told where to begin. */
    private Hint hint(boolean oldestFirst, Optional<RowPosition> after) {
        return after.<Hint>map(place -> new Hint.And(List.of(
                        bound.hint(),
                        new Hint.Stamps(
                                Hint.Stamps.Field.PAGINATION,
                                oldestFirst ? Optional.of(place.key()) : Optional.empty(),
                                oldestFirst ? Optional.empty() : Optional.of(place.key())))))
                .orElse(bound.hint());
    }
}
