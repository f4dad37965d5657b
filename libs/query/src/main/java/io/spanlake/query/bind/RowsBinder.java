package io.spanlake.query.bind;

import io.spanlake.query.parse.Query;
import io.spanlake.query.plan.CursorPoint;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.Hints;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.BooleanValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The first steps of a query: from its source to the rows that its conditions are about. */
final class RowsBinder {
    private final Query query;
    private final SourceBinder.Source source;
    private final ExtraColumns extras;

    RowsBinder(Query query, SourceBinder.Source source, ExtraColumns extras) {
        this.query = query;
        this.source = source;
        this.extras = extras;
    }

    /**
     * @param keys  how traces are sorted, of a query that is not grouped
     * @param most  how many traces
     * @param after where traces begin
     */
    Plan of(
            TraceConditions conditions,
            List<Scalar> plain,
            Plan.Order order,
            List<SortKey> keys,
            OptionalLong most,
            Optional<CursorPoint> after) {
        return switch (source) {
            case SourceBinder.Source.Rows rows -> rows.plan();
            case SourceBinder.Source.Objects objects -> of(objects, conditions, plain, order, keys, most, after);
        };
    }

    private Plan of(
            SourceBinder.Source.Objects objects,
            TraceConditions conditions,
            List<Scalar> plain,
            Plan.Order order,
            List<SortKey> keys,
            OptionalLong most,
            Optional<CursorPoint> after) {
        var spanFilter = objects.shape() == Shape.SPANS
                ? Optional.<Scalar>empty()
                : query.spanFilter().map(filter -> extras.spanBinder().bind(filter, Mode.FILTER));
        var hint = objects.shape() == Shape.SPANS ? Hints.of(TraceConditions.and(plain)) : Hint.ALL;
        var scan = new Plan.Scan(objects.objects(), hint, Optional.empty(), order);
        var spans = List.copyOf(conditions.spans);
        var traces = TraceConditions.and(conditions.traces);
        var returned = TraceConditions.and(conditions.returned);
        return switch (objects.shape()) {
            case SPANS -> scan;
            case TRACES -> new Plan.Traces(scan, spanFilter, spans, traces, returned, keys, most, after);
            case SUMMARY ->
                filtered(
                        new Plan.Summary(scan, spanFilter, spans, traces, returned, extras.custom(), extras.weighted()),
                        conditions.rows);
        };
    }

    static Plan filtered(Plan input, List<Scalar> conditions) {
        var all = TraceConditions.and(conditions);
        return all instanceof Scalar.Constant(var value) && value == BooleanValue.TRUE
                ? input
                : new Plan.Filter(input, all);
    }
}
