package io.spanlake.query.execute;

import io.spanlake.model.Stamp;
import io.spanlake.query.plan.CursorPoint;
import io.spanlake.query.plan.PageCursor;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.ObjectValue;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;

/**
 * Where an answer ends, and whether more follows. Newest first or sorted, a cursor is given only where something does; oldest first
 * always, for clients that follow what comes: it does not move past what is closed.
 */
final class PageEnd {
    private final Plan.Query plan;
    private final QueryRun run;
    private volatile Optional<CursorPoint> last = Optional.empty();
    private volatile boolean more;

    PageEnd(Plan.Query plan, QueryRun run) {
        this.plan = plan;
        this.run = run;
    }

    Flux<ObjectValue> watched(Flux<PlanSteps.OutputRow> rows) {
        return rows.handle((row, sink) -> {
            if (row.beyond()) {
                more = true;
            } else {
                remember(row.tuple());
                sink.next(row.value());
            }
        });
    }

    /** There is more than was taken. */
    void cut() {
        more = true;
    }

    private void remember(Tuple tuple) {
        if (plan.paged()) {
            var keys = plan.sort().stream().map(Plan.SortKey::value).toList();
            last = Optional.of(new CursorPoint(run.evaluator().arguments(keys, tuple), tuple.order()));
        }
    }

    Optional<String> cursor() {
        if (!plan.paged()) {
            return Optional.empty();
        }
        if (run.tracesEnd().isPresent()) {
            return PageCursor.text(run.tracesEnd().get(), plan.fingerprint());
        }
        var end = last.or(() -> plan.oldestFirst() ? startOf(plan.rows()) : Optional.empty());
        if (plan.oldestFirst()) {
            return end.map(this::notPastClosed).flatMap(point -> PageCursor.text(point, plan.fingerprint()));
        }
        return more ? end.flatMap(point -> PageCursor.text(point, plan.fingerprint())) : Optional.empty();
    }

    private static Optional<CursorPoint> startOf(Plan plan) {
        return switch (plan) {
            case Plan.Page page -> startOf(page.input());
            case Plan.After after -> Optional.of(new CursorPoint(List.of(), after.place()));
            default -> Optional.of(new CursorPoint(List.of(), RowOrder.FIRST));
        };
    }

    private CursorPoint notPastClosed(CursorPoint point) {
        return run.closed()
                .map(closed -> new RowOrder(new Stamp(closed, Stamp.POSITION_MAX).paginationNumber(), -1, -1))
                .filter(limit -> point.order().compareTo(limit) > 0)
                .map(limit -> new CursorPoint(point.keys(), limit))
                .orElse(point);
    }
}
