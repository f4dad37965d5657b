package io.spanlake.query.execute;

import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.ObjectDocument;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.ScalarTree;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.plan.ValueBytes;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;
import io.spanlake.storage.part.index.FieldPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** Reads the large fields of the root spans of one page of summaries. */
final class SummaryRoots {
    private static final int IDS_ASKED_MAX = 10_000;

    private final QueryRun run;
    private final Plan.Summary summary;

    SummaryRoots(QueryRun run, Plan.Summary summary) {
        this.run = run;
        this.summary = summary;
    }

    /** Large fields that the steps of a query read before its output: those are kept from the first pass on. */
    static Set<String> readBefore(Plan plan) {
        var fields = new HashSet<String>();
        collect(plan, fields);
        fields.retainAll(SummaryStep.LARGE);
        return fields;
    }

    private static void collect(Plan plan, Set<String> fields) {
        switch (plan) {
            case Plan.Filter filter -> {
                tops(Stream.of(filter.condition()), fields);
                collect(filter.input(), fields);
            }
            case Plan.Unpivot unpivot -> {
                // What comes behind it is no page of summaries any more.
                fields.addAll(SummaryStep.LARGE);
                collect(unpivot.input(), fields);
            }
            case Plan.Group group -> {
                tops(group.keys().stream(), fields);
                group.measures().forEach(measure -> {
                    tops(measure.arguments().stream(), fields);
                    tops(measure.filter().stream(), fields);
                });
                collect(group.input(), fields);
            }
            case Plan.Sort sort -> {
                tops(sort.keys().stream().map(Plan.SortKey::value), fields);
                collect(sort.input(), fields);
            }
            case Plan.Summary step -> tops(step.scores().stream().map(Plan.Named::value), fields);
            case Plan.Sample sample -> collect(sample.input(), fields);
            case Plan.Pivot pivot -> collect(pivot.input(), fields);
            case Plan.Page page -> collect(page.input(), fields);
            case Plan.After after -> collect(after.input(), fields);
            case Plan.Infer infer -> {
                fields.addAll(SummaryStep.LARGE);
                collect(infer.input(), fields);
            }
            case Plan.Scan _, Plan.Nested _, Plan.Traces _, Plan.Combine _, Plan.Labelled _, Plan.Join _ -> {}
        }
    }

    private static void tops(Stream<Scalar> scalars, Set<String> fields) {
        scalars.forEach(scalar -> ScalarTree.visit(scalar, one -> {
            if (one instanceof Scalar.Field field) {
                fields.add(field.top());
            }
        }));
    }

    Flux<Tuple> completed(Plan.Query query, Flux<Tuple> page) {
        var wanted = new HashSet<String>();
        tops(query.columns().stream().map(Plan.OutputColumn::value), wanted);
        wanted.retainAll(SummaryStep.LARGE);
        wanted.removeAll(readBefore(query.rows()));
        return wanted.isEmpty() ? page : page.collectList().flatMapMany(tuples -> completed(tuples, wanted));
    }

    private Flux<Tuple> completed(List<Tuple> tuples, Set<String> wanted) {
        Set<RowOrder> orders = new HashSet<>();
        tuples.forEach(tuple -> orders.add(tuple.order()));
        return run.again(summary.scan().objects(), hint(tuples))
                .filter(row -> orders.contains(row.order()))
                .collect(
                        HashMap<RowOrder, Map<String, Value>>::new,
                        (all, row) -> all.put(row.order(), large(row, wanted)))
                .flatMapIterable(large -> tuples.stream()
                        .map(tuple -> with(tuple, large.getOrDefault(tuple.order(), Map.of())))
                        .toList());
    }

    private static Hint hint(List<Tuple> tuples) {
        if (tuples.size() > IDS_ASKED_MAX) {
            return Hint.ALL;
        }
        return new Hint.Equal(
                List.of(FieldPath.of("id")),
                tuples.stream().map(tuple -> tuple.row().field("id")).toList());
    }

    private Map<String, Value> large(Tuple row, Set<String> wanted) {
        var fields = new HashMap<String, Value>();
        for (var name : wanted) {
            var value = row.row().field(name);
            fields.put(name, value);
            run.memory().take(ValueBytes.of(value), "a page of summaries");
        }
        return fields;
    }

    private static Tuple with(Tuple tuple, Map<String, Value> large) {
        var fields = new LinkedHashMap<>(tuple.row().whole().fields());
        fields.putAll(large);
        return Tuple.of(new ObjectDocument(new ObjectValue(fields)), tuple.order());
    }
}
