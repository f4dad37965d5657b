package io.spanlake.query.plan;

import io.spanlake.query.plan.Plan.Measure;
import io.spanlake.query.plan.Plan.Named;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Plan.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Walks and changes plans. */
public final class PlanTree {
    private PlanTree() {}

    /** The same with what it takes rows from, and all that it computes, changed. */
    public static Plan map(Plan plan, UnaryOperator<Plan> inputs, UnaryOperator<Scalar> scalars) {
        return switch (plan) {
            case Plan.Scan scan -> scan;
            case Plan.Nested(var query) -> new Plan.Nested(map(query, inputs, scalars));
            case Plan.Combine(var kind, var all, var byName, var columns, var left, var right) ->
                new Plan.Combine(kind, all, byName, columns, map(left, inputs, scalars), map(right, inputs, scalars));
            case Plan.Labelled(var input, var label, var fields) ->
                new Plan.Labelled(inputs.apply(input), label, fields);
            case Plan.Join join ->
                new Plan.Join(
                        inputs.apply(join.left()),
                        inputs.apply(join.right()),
                        join.keepsLeft(),
                        all(join.leftKeys(), scalars),
                        all(join.rightKeys(), scalars),
                        join.condition().map(scalars));
            case Plan.Filter(var input, var condition) ->
                new Plan.Filter(inputs.apply(input), scalars.apply(condition));
            case Plan.Traces traces ->
                new Plan.Traces(
                        (Plan.Scan) inputs.apply(traces.scan()),
                        traces.spanFilter().map(scalars),
                        all(traces.spans(), scalars),
                        scalars.apply(traces.traces()),
                        scalars.apply(traces.returned()),
                        keys(traces.keys(), scalars),
                        traces.tracesMax(),
                        traces.after());
            case Plan.Summary summary ->
                new Plan.Summary(
                        (Plan.Scan) inputs.apply(summary.scan()),
                        summary.spanFilter().map(scalars),
                        all(summary.spans(), scalars),
                        scalars.apply(summary.traces()),
                        scalars.apply(summary.returned()),
                        named(summary.custom(), scalars),
                        named(summary.scores(), scalars));
            case Plan.Unpivot unpivot ->
                new Plan.Unpivot(inputs.apply(unpivot.input()), scalars.apply(unpivot.value()), unpivot.keyed());
            case Plan.Sample sample ->
                new Plan.Sample(
                        inputs.apply(sample.input()),
                        sample.isRate(),
                        sample.amount(),
                        sample.seed(),
                        sample.byTrace());
            case Plan.Group group ->
                new Plan.Group(
                        inputs.apply(group.input()),
                        all(group.keys(), scalars),
                        group.measures().stream()
                                .map(measure -> measure(measure, scalars))
                                .toList());
            case Plan.Pivot pivot ->
                new Plan.Pivot(
                        inputs.apply(pivot.input()),
                        named(pivot.keys(), scalars),
                        scalars.apply(pivot.column()),
                        named(pivot.measures(), scalars));
            case Plan.Sort sort ->
                new Plan.Sort(
                        inputs.apply(sort.input()),
                        keys(sort.keys(), scalars),
                        sort.keep(),
                        sort.after(),
                        sort.shown());
            case Plan.Page page -> new Plan.Page(inputs.apply(page.input()), page.offset(), page.limit());
            case Plan.After after -> new Plan.After(inputs.apply(after.input()), after.place(), after.oldestFirst());
            case Plan.Infer infer -> new Plan.Infer(inputs.apply(infer.input()), infer.below(), infer.rowsMax());
        };
    }

    public static Plan.Query map(Plan.Query query, UnaryOperator<Plan> inputs, UnaryOperator<Scalar> scalars) {
        return new Plan.Query(
                inputs.apply(query.rows()),
                query.columns().stream()
                        .map(column -> new OutputColumn(column.name(), scalars.apply(column.value()), column.type()))
                        .toList(),
                query.open(),
                keys(query.sort(), scalars),
                query.oldestFirst(),
                query.paged(),
                query.limit(),
                query.fingerprint(),
                query.warnings());
    }

    private static List<Scalar> all(List<Scalar> all, UnaryOperator<Scalar> scalars) {
        return all.stream().map(scalars).toList();
    }

    private static List<SortKey> keys(List<SortKey> keys, UnaryOperator<Scalar> scalars) {
        return keys.stream()
                .map(key -> new SortKey(scalars.apply(key.value()), key.descending(), key.nullsFirst()))
                .toList();
    }

    private static List<Named> named(List<Named> named, UnaryOperator<Scalar> scalars) {
        return named.stream()
                .map(one -> new Named(one.name(), scalars.apply(one.value())))
                .toList();
    }

    private static Measure measure(Measure measure, UnaryOperator<Scalar> scalars) {
        return new Measure(
                measure.aggregate(),
                all(measure.arguments(), scalars),
                measure.filter().map(scalars),
                measure.distinct());
    }

    /** What a step takes rows from. */
    public static List<Plan> inputs(Plan plan) {
        var inputs = new ArrayList<Plan>();
        map(
                plan,
                input -> {
                    inputs.add(input);
                    return input;
                },
                UnaryOperator.identity());
        return inputs;
    }

    /** All reads of objects, also those of queries within expressions. */
    public static List<Plan.Scan> scans(Plan.Query query) {
        var scans = new ArrayList<Plan.Scan>();
        collect(query, scans);
        return scans;
    }

    private static void collect(Plan.Query query, List<Plan.Scan> scans) {
        map(
                query,
                input -> {
                    collect(input, scans);
                    return input;
                },
                scalar -> collect(scalar, scans));
    }

    private static void collect(Plan plan, List<Plan.Scan> scans) {
        if (plan instanceof Plan.Scan scan) {
            scans.add(scan);
        }
        map(
                plan,
                input -> {
                    collect(input, scans);
                    return input;
                },
                scalar -> collect(scalar, scans));
    }

    private static Scalar collect(Scalar scalar, List<Plan.Scan> scans) {
        queries(scalar).forEach(query -> collect(query, scans));
        return scalar;
    }

    /** Those that stand in an expression, not those within them. */
    public static List<Plan.Query> queries(Scalar scalar) {
        var queries = new ArrayList<Plan.Query>();
        ScalarTree.visit(scalar, one -> {
            if (one instanceof Scalar.InQuery(var ignoredOperand, var query)) {
                queries.add(query);
            } else if (one instanceof Scalar.QueryValue(var query, var ignoredType)) {
                queries.add(query);
            }
        });
        return queries;
    }
}
