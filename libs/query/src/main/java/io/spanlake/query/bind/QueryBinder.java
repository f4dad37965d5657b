package io.spanlake.query.bind;

import io.spanlake.query.parse.Query;
import io.spanlake.query.parse.Query.Item;
import io.spanlake.query.plan.CursorPoint;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.Scalar;
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
    private static final int SUMMARY_PREVIEW = 124;

    private final BindSettings settings;
    private final Query query;
    private final SourceBinder.Source source;
    private final boolean outermost;
    private final ExtraColumns extras;
    private final Scope scope;
    private final ExprBinder binder;
    private final RowsBinder base;
    private final PageBinder page;

    QueryBinder(
            BindSettings settings, Query query, SourceBinder.Source source, SubqueryBinder queries, boolean outermost) {
        this.settings = settings;
        this.query = query;
        this.source = source;
        this.outermost = outermost;
        this.extras = new ExtraColumns(query, settings, source, queries);
        this.scope = new Scope(extras.schema(), source.alias());
        this.binder = new ExprBinder(scope, settings, queries);
        this.base = new RowsBinder(query, source, extras);
        this.page = new PageBinder(query, settings, outermost);
        scope.items(query.select());
        scope.items(query.dimensions());
        scope.items(query.measures());
        extras.rowItems().ifPresent(scope::items);
    }

    Binder.Bound bind() {
        var unpivot = new UnpivotBinder(query, binder, scope);
        var conditions = conditions();
        var plain = conditions.finishPlain();
        if (query.infer().isPresent()) {
            var rows = base.of(
                    conditions, plain, Plan.Order.NEWEST_FIRST, List.of(), OptionalLong.empty(), Optional.empty());
            return InferBinder.of(query, binder, RowsBinder.filtered(rows, plain));
        }

        var output = Output.of(items(), query.dialect(), scope, binder, extras);
        var groups = new GroupBinder(query, binder, output.items());
        var having = query.finalFilter().map(filter -> binder.bind(filter, Mode.HAVING));
        var sort = sortKeys(output.items());
        query.pivot().ifPresent(pivot -> pivot.measures().forEach(item -> binder.bind(item.value(), Mode.HAVING)));
        if (groups.isGrouped()) {
            return grouped(conditions, plain, unpivot, output, groups, having, groups.sort(sort));
        }
        return plain(conditions, plain, unpivot, output, having, sort);
    }

    private Binder.Bound grouped(
            TraceConditions conditions,
            List<Scalar> plain,
            UnpivotBinder unpivot,
            Output output,
            GroupBinder groups,
            Optional<Scalar> having,
            List<SortKey> sort) {
        if (output.hasStar() && query.pivot().isEmpty()) {
            throw BindFault.of("* cannot stand beside GROUP BY or aggregates", query.place())
                    .exception();
        }
        var rows = base.of(
                conditions, plain, Plan.Order.ANY, List.of(), OptionalLong.empty(), Optional.<CursorPoint>empty());
        rows = groups.groups(prepared(rows, conditions, plain, unpivot), having);
        var columns = groups.columns(output);
        var keys = sort;
        if (query.pivot().isPresent()) {
            var pivoting = new Pivoting(query, binder, groups.regrouping(), columns);
            rows = pivoting.plan(rows);
            columns = pivoting.columns();
            keys = pivoting.sort(sort);
        }
        var natural = new Natural(false, false, Plan.Order.ANY);
        var rowsMax = page.rowsMax(true);
        var paged = page.of(rows, keys, natural, rowsMax, Optional.empty());
        return bound(paged, columns, query.pivot().isPresent(), keys, natural, false, rowsMax, conditions);
    }

    private Binder.Bound plain(
            TraceConditions conditions,
            List<Scalar> plain,
            UnpivotBinder unpivot,
            Output output,
            Optional<Scalar> having,
            List<SortKey> sort) {
        var natural = Natural.of(source, false, sort);
        var rowsMax = page.rowsMax(false);
        var after = page.cursor(natural, sort);
        var rows = base.of(conditions, plain, natural.order(), sort, rowsMax, after);
        rows = RowsBinder.filtered(
                prepared(rows, conditions, plain, unpivot), having.map(List::of).orElse(List.of()));
        var paged = isShape(Shape.TRACES) ? page.ofTraces(rows) : page.of(rows, sort, natural, rowsMax, after);
        return bound(paged, previews(output.columns()), output.open(), sort, natural, outermost, rowsMax, conditions);
    }

    private Plan prepared(Plan base, TraceConditions conditions, List<Scalar> plain, UnpivotBinder unpivot) {
        var rows = unpivot.of(RowsBinder.filtered(base, plain));
        rows = RowsBinder.filtered(rows, conditions.unpivoted);
        if (query.sample().isEmpty()) {
            return rows;
        }
        var sample = query.sample().get();
        long seed = sample.seed().orElse(settings.context().now().toEpochMilli());
        return new Plan.Sample(rows, sample.isRate(), sample.amount(), seed, isShape(Shape.TRACES));
    }

    private Binder.Bound bound(
            Plan rows,
            List<OutputColumn> columns,
            boolean open,
            List<SortKey> sort,
            Natural natural,
            boolean paged,
            OptionalLong rowsMax,
            TraceConditions conditions) {
        var plan = new Plan.Query(
                rows,
                columns,
                open,
                natural.isScanOrder() ? List.of() : sort,
                natural.oldestFirst(),
                paged,
                rowsMax,
                page.fingerprint(),
                Warnings.of(query, source, outermost, conditions.negatedPlain));
        var types = new LinkedHashMap<String, ValueType>();
        columns.forEach(column -> types.put(column.name(), column.type()));
        return new Binder.Bound(plan, Schema.ofColumns(types, open));
    }

    private boolean isShape(Shape shape) {
        return source instanceof SourceBinder.Source.Objects objects && objects.shape() == shape;
    }

    private TraceConditions conditions() {
        var shape = source instanceof SourceBinder.Source.Objects objects ? objects.shape() : Shape.SPANS;
        var conditions = new TraceConditions(shape, shape == Shape.SUMMARY ? extras.spanBinder() : binder, binder);
        query.filter().ifPresent(conditions::filter);
        query.traceFilter().ifPresent(conditions::traceFilter);
        if (shape == Shape.SPANS) {
            query.spanFilter().ifPresent(conditions::filter);
        }
        return conditions;
    }

    private List<Item> items() {
        if (!query.select().isEmpty()) {
            return query.select();
        }
        var items = new ArrayList<>(query.dimensions());
        items.addAll(query.measures());
        return items;
    }

    private List<SortKey> sortKeys(List<Item> items) {
        return query.sort().stream()
                .map(key -> new SortKey(
                        binder.bind(Positions.resolved(key.value(), items), Mode.SORT),
                        key.descending(),
                        key.nullsFirst().orElse(false)))
                .toList();
    }

    private List<OutputColumn> previews(List<OutputColumn> columns) {
        var setting = query.settings().containsKey("preview_length")
                ? OptionalLong.of(
                        Positions.number("preview_length", query.settings().get("preview_length"), query.place()))
                : query.previewLength();
        long length = setting.orElse(isShape(Shape.SUMMARY) && outermost ? SUMMARY_PREVIEW : -1);
        return length < 0
                ? columns
                : columns.stream()
                        .map(column -> PreviewColumns.cut(column, length))
                        .toList();
    }
}
