package io.spanlake.query.bind;

import io.spanlake.query.function.ScalarFunction;
import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Query;
import io.spanlake.query.parse.Query.Item;
import io.spanlake.query.plan.Plan.Named;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code comparison_key}, {@code custom_columns} and {@code weighted_scores}: columns that a query adds to rows. In summaries they
 * are computed of the root span, and scores of the row; else they are items like others, and stand in {@code *}.
 */
final class ExtraColumns {
    private static final String KEY = "comparison_key";
    private static final ScalarFunction WITH_SCORE = new ScalarFunction(
            "with_score",
            3,
            3,
            ValueType.OBJECT,
            false,
            (_, a) -> (a.get(0) instanceof ObjectValue scores ? scores : ObjectValue.EMPTY)
                    .with(a.get(1) instanceof TextValue(var name) ? name : "", a.get(2)));

    private final Query query;
    private final Schema schema;
    private final boolean summary;
    private final ExprBinder spans;
    private final SubqueryBinder queries;

    ExtraColumns(Query query, BindSettings settings, SourceBinder.Source source, SubqueryBinder queries) {
        this.queries = queries;
        this.query = query;
        this.summary = source instanceof SourceBinder.Source.Objects objects && objects.shape() == Shape.SUMMARY;
        var spanSchema = source instanceof SourceBinder.Source.Objects objects ? objects.spans() : source.schema();
        this.spans = new ExprBinder(new Scope(spanSchema, source.alias()), settings, queries);
        var extended = source.schema();
        if (summary) {
            for (var item : items()) {
                extended = extended.with(name(item), ValueType.ANY);
            }
        }
        this.schema = extended;
    }

    Schema schema() {
        return schema;
    }

    /** Binds conditions on single spans where rows are something else. */
    ExprBinder spanBinder() {
        return spans;
    }

    private List<Item> items() {
        var items = new ArrayList<Item>();
        query.comparisonKey().ifPresent(key -> {
            var hash = new Expr.Call(
                    "sha256_json",
                    List.of(new Expr.Argument(Optional.empty(), key)),
                    false,
                    Optional.empty(),
                    key.place());
            items.add(new Item(hash, Optional.of(KEY), KEY));
        });
        items.addAll(query.customColumns());
        return items;
    }

    private static String name(Item item) {
        return item.alias().orElse(item.text());
    }

    /** Items of rows that are no summaries. */
    Optional<List<Item>> rowItems() {
        return summary ? Optional.empty() : Optional.of(items());
    }

    List<Named> custom() {
        return items().stream()
                .map(item -> new Named(name(item), spans.bind(item.value(), Mode.FILTER)))
                .toList();
    }

    List<Named> weighted() {
        if (query.weightedScores().isEmpty()) {
            return List.of();
        }
        var rows = new ExprBinder(new Scope(schema, Optional.empty()), spans.settings(), queries);
        return query.weightedScores().stream()
                .map(item -> new Named(name(item), rows.bind(item.value(), Mode.FILTER)))
                .toList();
    }

    /** Puts what {@code *} has to show besides the fields into the columns of rows that are no summaries. */
    void replaceIn(List<OutputColumn> columns, ExprBinder binder) {
        if (summary) {
            return;
        }
        for (var item : items()) {
            var value = binder.bind(item.value(), Mode.OUTPUT);
            columns.add(new OutputColumn(name(item), value, value.type()));
        }
        if (query.weightedScores().isEmpty()) {
            return;
        }
        Scalar scores = new Scalar.Field(List.of(new Step.Key("scores")), ValueType.OBJECT);
        for (var item : query.weightedScores()) {
            scores = new Scalar.Call(
                    WITH_SCORE,
                    List.of(
                            scores,
                            new Scalar.Constant(new TextValue(name(item))),
                            binder.bind(item.value(), Mode.OUTPUT)));
        }
        columns.removeIf(column -> column.name().equals("scores"));
        columns.add(new OutputColumn("scores", scores, ValueType.OBJECT));
    }
}
