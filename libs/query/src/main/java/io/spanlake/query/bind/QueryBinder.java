package io.spanlake.query.bind;

import io.spanlake.query.bind.ExprBinder.Mode;
import io.spanlake.query.parse.Query;
import io.spanlake.query.parse.Query.Item;
import io.spanlake.query.parse.Written;
import io.spanlake.query.plan.CursorPoint;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.Hints;
import io.spanlake.query.plan.PageCursor;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.Plan.Warning;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.Paths;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Binds one query whose source is bound:
 * {@code source → filter → traces → unpivot → sample → group → final filter → pivot → sort → page → output}.
 */
final class QueryBinder {
    private final BindSettings settings;
    private final Query query;
    private final SourceBinder.Source source;
    private final boolean outermost;
    private final ExtraColumns extras;
    private final Scope scope;
    private final ExprBinder binder;
    private final List<Warning> warnings = new ArrayList<>();

    QueryBinder(BindSettings settings, Query query, SourceBinder.Source source, boolean outermost) {
        this.settings = settings;
        this.query = query;
        this.source = source;
        this.outermost = outermost;
        this.extras = new ExtraColumns(query, settings, source);
        this.scope = new Scope(extras.schema(), source.alias());
        this.binder = new ExprBinder(scope, settings);
        scope.items(query.select());
        scope.items(query.dimensions());
        scope.items(query.measures());
        extras.rowItems().ifPresent(scope::items);
    }

    Binder.Bound bind() {
        var unpivots = unpivots();
        var conditions = conditions();
        var plain = conditions.finishPlain();
        if (query.infer().isPresent()) {
            return inferred(conditions, plain);
        }
        var output = output();
        var keys = keys(output.items());
        var having = query.finalFilter().map(filter -> binder.bind(filter, Mode.HAVING));
        var sortKeys = sortKeys(output.items());
        query.pivot().ifPresent(pivot -> pivot.measures().forEach(item -> binder.bind(item.value(), Mode.HAVING)));
        boolean grouped = !keys.isEmpty() || !binder.measures().isEmpty();
        if (grouped && output.hasStar() && query.pivot().isEmpty()) {
            throw ExprBinder.fault("* cannot stand beside GROUP BY or aggregates", query.place())
                    .exception();
        }

        var sort = grouped ? regrouped(sortKeys, keys) : sortKeys;
        var natural = Natural.of(source, grouped, sort);
        var rowsMax = rowsMax(grouped);
        Plan rows = base(conditions, plain, natural, grouped, sort, rowsMax);
        rows = filtered(rows, plain);
        for (var unpivot : unpivots) {
            rows = new Plan.Unpivot(rows, unpivot.value(), unpivot.keyed());
        }
        rows = filtered(rows, conditions.unpivoted);
        rows = sampled(rows);
        List<OutputColumn> columns;
        boolean open = !grouped && output.open();
        if (grouped) {
            var regrouping = new Regrouping(keys);
            rows = new Plan.Group(rows, keys, List.copyOf(binder.measures()));
            if (having.isPresent()) {
                rows = new Plan.Filter(rows, regrouping.of(having.get(), "the final filter", query.place()));
            }
            columns = (output.hasStar() ? keyColumns(keys) : output.columns())
                    .stream()
                            .map(column -> {
                                var value = regrouping.of(column.value(), column.name(), query.place());
                                return new OutputColumn(column.name(), value, column.type());
                            })
                            .toList();
            if (query.pivot().isPresent()) {
                var pivoting = new Pivoting(query, binder, regrouping, columns);
                rows = pivoting.plan(rows);
                columns = pivoting.columns();
                sort = pivoting.sort(sort);
                open = true;
            }
        } else {
            rows = filtered(rows, having.map(List::of).orElse(List.of()));
            columns = previews(output.columns());
        }
        return finished(rows, columns, open, sort, natural, grouped, rowsMax);
    }

    private List<OutputColumn> keyColumns(List<Scalar> keys) {
        var columns = new ArrayList<OutputColumn>();
        for (int i = 0; i < keys.size(); i++) {
            var text = i < query.groupBy().size() ? Written.of(query.groupBy().get(i)) : "key_" + (i + 1);
            columns.add(new OutputColumn(text, keys.get(i), keys.get(i).type()));
        }
        return columns;
    }

    private Binder.Bound inferred(TraceConditions conditions, List<Scalar> plain) {
        var natural = new Natural(true, false, Plan.Order.NEWEST_FIRST);
        var rows = filtered(base(conditions, plain, natural, true, List.of(), OptionalLong.empty()), plain);
        var below = query.infer().orElseThrow().stream()
                .map(expr -> {
                    if (binder.bind(expr, Mode.FILTER) instanceof Scalar.Field field) {
                        return field.steps();
                    }
                    throw ExprBinder.fault("infer takes paths", expr.place()).exception();
                })
                .toList();
        var types = new LinkedHashMap<String, ValueType>();
        types.put("name", ValueType.ARRAY);
        types.put("type", ValueType.ANY);
        types.put("count", ValueType.INTEGER);
        types.put("top_values", ValueType.ARRAY);
        var schema = Schema.ofColumns(types, false);
        var columns = types.entrySet().stream()
                .map(type -> new OutputColumn(
                        type.getKey(),
                        new Scalar.Field(List.of(new Paths.Step.Key(type.getKey())), type.getValue()),
                        type.getValue()))
                .toList();
        var plan = new Plan.Query(
                new Plan.Infer(rows, below, query.limit().orElse(500)),
                columns,
                false,
                List.of(),
                false,
                false,
                OptionalLong.empty(),
                0,
                List.of());
        return new Binder.Bound(plan, schema);
    }

    private Binder.Bound finished(
            Plan input,
            List<OutputColumn> columns,
            boolean open,
            List<SortKey> sort,
            Natural natural,
            boolean grouped,
            OptionalLong rowsMax) {
        long fingerprint = Fingerprints.of(query);
        boolean byTraces = isTraces() && !grouped;
        var after = grouped || byTraces ? Optional.<CursorPoint>empty() : cursor(natural, sort, fingerprint);
        long offset = query.offset().orElse(0);
        if (offset < 0 || offset > 10_000) {
            throw ExprBinder.fault("OFFSET is 0 to 10000, not " + offset + ": use a cursor for more", query.place())
                    .exception();
        }
        var keep = byTraces || rowsMax.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(rowsMax.getAsLong() + offset + 1);
        var rows = input;
        if (natural.isScanOrder()) {
            if (after.isPresent()) {
                rows = new Plan.After(rows, after.get().order(), natural.oldestFirst());
            }
        } else if (!byTraces) {
            rows = new Plan.Sort(rows, sort, keep, after);
        }
        rows = new Plan.Page(rows, offset, byTraces ? OptionalLong.empty() : rowsMax);
        boundWarning();
        query.settings().keySet().stream()
                .filter(name -> !List.of("preview_length", "query_timeout_seconds", "tz_offset")
                        .contains(name))
                .forEach(name -> warnings.add(
                        new Warning("unknownSetting", "the setting " + name + " is not known", "binder", "info")));
        var plan = new Plan.Query(
                rows,
                columns,
                open,
                natural.isScanOrder() ? List.of() : sort,
                natural.oldestFirst(),
                outermost && !grouped,
                rowsMax,
                fingerprint,
                List.copyOf(warnings));
        var types = new LinkedHashMap<String, ValueType>();
        columns.forEach(column -> types.put(column.name(), column.type()));
        return new Binder.Bound(plan, Schema.ofColumns(types, open));
    }

    private boolean isTraces() {
        return source instanceof SourceBinder.Source.Objects objects && objects.shape() == Shape.TRACES;
    }

    private boolean isSummary() {
        return source instanceof SourceBinder.Source.Objects objects && objects.shape() == Shape.SUMMARY;
    }

    private Optional<CursorPoint> cursor(Natural natural, List<SortKey> sort, long fingerprint) {
        return query.cursor()
                .filter(text -> !text.isEmpty())
                .map(text -> PageCursor.parse(
                        text, fingerprint, natural.isScanOrder() ? 0 : sort.size(), natural.oldestFirst()));
    }

    /** Rows of an answer at most, or its traces; empty where all are wanted. */
    private OptionalLong rowsMax(boolean grouped) {
        var limit = query.limit();
        if (limit.isPresent() && limit.getAsLong() < 0) {
            throw ExprBinder.fault("LIMIT is at least 0, not " + limit.getAsLong(), query.place())
                    .exception();
        }
        if (!outermost) {
            return limit;
        }
        long max = grouped ? settings.groupsMax() : settings.limitMax();
        return OptionalLong.of(Math.min(limit.orElse(grouped ? max : settings.limitDefault()), max));
    }

    private record BoundUnpivot(Scalar value, boolean keyed) {}

    private List<BoundUnpivot> unpivots() {
        var bound = new ArrayList<BoundUnpivot>();
        int column = 0;
        for (var unpivot : query.unpivots()) {
            bound.add(new BoundUnpivot(
                    binder.bind(unpivot.object(), Mode.KEY), unpivot.key().isPresent()));
            if (unpivot.key().isPresent()) {
                scope.column(unpivot.key().get(), new Scalar.Column(column++, ValueType.STRING));
            }
            scope.column(unpivot.value(), new Scalar.Column(column++, ValueType.ANY));
        }
        return bound;
    }

    private TraceConditions conditions() {
        var shape = source instanceof SourceBinder.Source.Objects objects ? objects.shape() : Shape.SPANS;
        var conditions = new TraceConditions(shape, shape == Shape.SUMMARY ? extras.spanBinder() : binder, binder);
        query.filter().ifPresent(conditions::filter);
        query.traceFilter().ifPresent(conditions::traceFilter);
        if (shape == Shape.SPANS) {
            query.spanFilter().ifPresent(conditions::filter);
        }
        if (conditions.negatedPlain) {
            warnings.add(new Warning(
                    "negatedSpanFilter",
                    "a negated condition in this shape is met by any span that does not have the value; "
                            + "NOT ANY_SPAN(…) asks for traces without such a span",
                    "binder",
                    "info"));
        }
        return conditions;
    }

    private Plan base(
            TraceConditions conditions,
            List<Scalar> plain,
            Natural natural,
            boolean grouped,
            List<SortKey> sort,
            OptionalLong rowsMax) {
        if (source instanceof SourceBinder.Source.Nested nested) {
            return new Plan.Nested(nested.query());
        }
        var objects = (SourceBinder.Source.Objects) source;
        var spanFilter = objects.shape() == Shape.SPANS
                ? Optional.<Scalar>empty()
                : query.spanFilter().map(filter -> extras.spanBinder().bind(filter, Mode.FILTER));
        var hint = objects.shape() == Shape.SPANS ? Hints.of(TraceConditions.and(plain)) : Hint.ALL;
        var scan = new Plan.Scan(objects.objects(), hint, Optional.empty(), natural.order());
        var traces = TraceConditions.and(conditions.traces);
        var returned = TraceConditions.and(conditions.returned);
        return switch (objects.shape()) {
            case SPANS -> scan;
            case TRACES ->
                new Plan.Traces(
                        scan,
                        spanFilter,
                        List.copyOf(conditions.spans),
                        traces,
                        returned,
                        grouped ? List.of() : sort,
                        grouped ? OptionalLong.empty() : rowsMax,
                        grouped ? Optional.empty() : cursor(natural, sort, Fingerprints.of(query)));
            case SUMMARY ->
                filtered(
                        new Plan.Summary(
                                scan,
                                spanFilter,
                                List.copyOf(conditions.spans),
                                traces,
                                returned,
                                extras.custom(),
                                extras.weighted()),
                        conditions.rows);
        };
    }

    private static Plan filtered(Plan input, List<Scalar> conditions) {
        var all = TraceConditions.and(conditions);
        return all instanceof Scalar.Constant(var value) && value == BooleanValue.TRUE
                ? input
                : new Plan.Filter(input, all);
    }

    private Plan sampled(Plan input) {
        if (query.sample().isEmpty()) {
            return input;
        }
        var sample = query.sample().get();
        long seed = sample.seed().orElse(settings.context().now().toEpochMilli());
        return new Plan.Sample(input, sample.isRate(), sample.amount(), seed, isTraces());
    }

    private List<Scalar> keys(List<Item> items) {
        var keys = new ArrayList<Scalar>();
        var written = new ArrayList<>(query.groupBy());
        query.dimensions().forEach(item -> written.add(item.value()));
        if (query.distinct()) {
            items.forEach(item -> written.add(item.value()));
        }
        for (var key : written) {
            var bound = binder.bind(Positions.resolved(key, items), Mode.KEY);
            if (!keys.contains(bound)) {
                keys.add(bound);
            }
        }
        return keys;
    }

    private Output output() {
        var items = new ArrayList<Item>();
        if (!query.select().isEmpty()) {
            items.addAll(query.select());
        } else {
            items.addAll(query.dimensions());
            items.addAll(query.measures());
        }
        return Output.of(items, query.dialect(), scope, binder, extras);
    }

    private List<SortKey> sortKeys(List<Item> items) {
        return query.sort().stream()
                .map(key -> new SortKey(
                        binder.bind(Positions.resolved(key.value(), items), Mode.SORT),
                        key.descending(),
                        key.nullsFirst().orElse(false)))
                .toList();
    }

    private List<SortKey> regrouped(List<SortKey> sort, List<Scalar> keys) {
        var regrouping = new Regrouping(keys);
        return sort.stream()
                .map(key -> new SortKey(
                        regrouping.of(key.value(), "the sort", query.place()), key.descending(), key.nullsFirst()))
                .toList();
    }

    private List<OutputColumn> previews(List<OutputColumn> columns) {
        var setting = query.settings().containsKey("preview_length")
                ? OptionalLong.of(
                        Positions.number("preview_length", query.settings().get("preview_length"), query.place()))
                : query.previewLength();
        long length = setting.orElse(isSummary() && outermost ? 124 : -1);
        return length < 0
                ? columns
                : columns.stream()
                        .map(column -> PreviewColumns.cut(column, length))
                        .toList();
    }

    /** Clients know this warning, which others give where a whole project's history is read. */
    private void boundWarning() {
        if (outermost
                && source instanceof SourceBinder.Source.Objects objects
                && objects.kind() == SourceKind.PROJECT_LOGS
                && query.filter().filter(BoundedReads::isBounded).isEmpty()) {
            warnings.add(new Warning(
                    "missingSegmentEliminationSpecs",
                    "no condition on created, _xact_id, _pagination_key, root_span_id or id bounds what is read",
                    "optimizer",
                    "warning"));
        }
    }
}
