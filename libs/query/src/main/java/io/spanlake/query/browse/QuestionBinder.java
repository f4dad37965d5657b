package io.spanlake.query.browse;

import io.spanlake.model.ObjectRef;
import io.spanlake.query.bind.BindSettings;
import io.spanlake.query.bind.Binder;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.Query;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.parse.QueryLimits;
import io.spanlake.query.parse.QueryTexts;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TextValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Binds questions by the query language: a question is a query of one object whose clauses come one by one. Pure. */
final class QuestionBinder {
    private static final QueryTexts TEXTS = new QueryTexts(QueryLimits.DEFAULT);
    private static final List<String> DIRECTIONS = List.of(" desc", " asc");

    private final ObjectRef object;
    private final QueryContext context;

    QuestionBinder(ObjectRef object, QueryContext context) {
        this.object = object;
        this.context = context;
    }

    /**
     * @param values what is to be computed of each row
     * @param sort   each an expression, with {@code desc} or {@code asc} behind
     * @throws QueryFaultException where any of it means nothing
     */
    BoundRows bind(RowQuestion question, List<String> values, List<String> sort) {
        var plan = plan(rows(
                question, values, sort.stream().map(QuestionBinder::sortKey).toList(), Optional.empty()));
        var rows = plan.rows();
        while (rows instanceof Plan.Page || rows instanceof Plan.Sort) {
            rows = rows instanceof Plan.Page page ? page.input() : ((Plan.Sort) rows).input();
        }
        Optional<Scalar> condition = Optional.empty();
        if (rows instanceof Plan.Filter(var input, var test)) {
            condition = Optional.of(test);
            rows = input;
        }
        if (!(rows instanceof Plan.Scan scan)) {
            throw fault("an expression is of one row: no aggregate and no part of another query may stand in it");
        }
        return BoundRows.of(
                condition,
                scan.hint(),
                plan.columns().stream().map(Plan.OutputColumn::value).toList(),
                plan.sort(),
                plan.oldestFirst(),
                plan.fingerprint(),
                context);
    }

    /** Datasets and the like have no errors. */
    String isError() {
        return switch (object.type()) {
            case PROJECT_LOGS, EXPERIMENT, PLAYGROUND -> "error is not null";
            case DATASET, PROMPT, FUNCTION -> "false";
        };
    }

    /** What names the trace of a row. */
    String trace() {
        return switch (object.type()) {
            case PROJECT_LOGS, EXPERIMENT, PLAYGROUND, DATASET -> "root_span_id";
            case PROMPT, FUNCTION -> "id";
        };
    }

    /** A path as queries write it. */
    static String checkedPath(String text) {
        if (TEXTS.expression(text) instanceof Expr.Name || TEXTS.expression(text) instanceof Expr.Quoted) {
            return text;
        }
        throw fault("a path is wanted: metadata.model, tags, input[0].role");
    }

    /** A query as the engine runs it. */
    Plan.Query plan(Query query) {
        return new Binder(BindSettings.of(context)).bind(query);
    }

    /** Rows, with values computed of each. */
    private Query rows(RowQuestion question, List<String> values, List<Query.SortKey> sort, Optional<String> cursor) {
        var items = values.isEmpty() ? List.of(new Query.Item(name("id"), Optional.empty(), "id")) : items(values);
        return query(question, items, List.of(), List.of(), sort, OptionalLong.empty(), cursor, Optional.empty());
    }

    /** Rows with all that they have, and their sort keys as {@code value 0} and so on. */
    Query sorted(
            RowQuestion question, List<String> keys, List<Query.SortKey> sort, Optional<Expr> condition, int limit) {
        var items = new ArrayList<>(items(keys));
        items.add(new Query.Item(new Expr.Star(List.of(), Map.of(), Place.NONE), Optional.empty(), "*"));
        return query(question, items, List.of(), List.of(), sort, OptionalLong.of(limit), Optional.empty(), condition);
    }

    /** Groups by a key, the largest first where {@code byCount}, else the latest. */
    Query groups(RowQuestion question, String key, List<String> measures, boolean byCount, long groups) {
        var sort = byCount ? "measure 0" : "value 0";
        return query(
                question,
                List.of(),
                items(List.of(key)),
                measures(measures),
                List.of(new Query.SortKey(name(sort), true, Optional.empty())),
                OptionalLong.of(groups),
                Optional.empty(),
                Optional.empty());
    }

    /** One row of aggregates. */
    Query totals(RowQuestion question, List<String> measures) {
        return query(
                question,
                List.of(),
                List.of(),
                measures(measures),
                List.of(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Query.Item> items(List<String> values) {
        var items = new ArrayList<Query.Item>();
        values.forEach(value ->
                items.add(new Query.Item(TEXTS.expression(value), Optional.of("value " + items.size()), value)));
        return items;
    }

    private static List<Query.Item> measures(List<String> measures) {
        var items = new ArrayList<Query.Item>();
        measures.forEach(measure ->
                items.add(new Query.Item(TEXTS.expression(measure), Optional.of("measure " + items.size()), measure)));
        return items;
    }

    private Query query(
            RowQuestion question,
            List<Query.Item> select,
            List<Query.Item> dimensions,
            List<Query.Item> measures,
            List<Query.SortKey> sort,
            OptionalLong limit,
            Optional<String> cursor,
            Optional<Expr> more) {
        return new Query(
                Query.Dialect.BTQL,
                Map.of(),
                select,
                false,
                dimensions,
                measures,
                List.of(),
                List.of(),
                List.of(),
                Optional.of(source()),
                filter(question, more),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                sort,
                limit,
                OptionalLong.empty(),
                cursor,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Place.NONE);
    }

    private Query.Source source() {
        return new Query.Source.Objects(
                object.type().text(),
                List.of(new Expr.Literal(new TextValue(object.id()), Place.NONE)),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Place.NONE);
    }

    private static Optional<Expr> filter(RowQuestion question, Optional<Expr> more) {
        var all = new ArrayList<Expr>();
        more.ifPresent(all::add);
        question.filter().map(TEXTS::expression).ifPresent(all::add);
        question.search().map(QuestionBinder::search).ifPresent(all::add);
        question.from().ifPresent(time -> all.add(created(Expr.Comparison.GREATER_OR_EQUAL, time)));
        question.before().ifPresent(time -> all.add(created(Expr.Comparison.LESS, time)));
        if (question.roots()) {
            all.add(name("is_root"));
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(new Expr.And(all, Place.NONE));
    }

    private static Expr search(String words) {
        var literal = new Expr.Literal(new TextValue(words), Place.NONE);
        return new Expr.Call(
                "search", List.of(new Expr.Argument(Optional.empty(), literal)), false, Optional.empty(), Place.NONE);
    }

    private static Expr created(Expr.Comparison comparison, Instant time) {
        return new Expr.Compare(
                comparison, name("created"), new Expr.Literal(new TextValue(time.toString()), Place.NONE), Place.NONE);
    }

    static Expr.Name name(String field) {
        return new Expr.Name(List.of(new Step.Key(field)), Place.NONE);
    }

    static Query.SortKey sortKey(String text) {
        boolean descending = text.strip().toLowerCase(Locale.ROOT).endsWith(" desc");
        return new Query.SortKey(TEXTS.expression(sortExpression(text)), descending, Optional.empty());
    }

    /** Without its direction. */
    static String sortExpression(String text) {
        var lower = text.stripTrailing().toLowerCase(Locale.ROOT);
        return DIRECTIONS.stream()
                .filter(lower::endsWith)
                .findFirst()
                .map(direction -> text.substring(0, lower.length() - direction.length()))
                .orElse(text);
    }

    private static QueryFaultException fault(String message) {
        return QueryFault.of(QueryFault.Kind.BIND, message, Place.NONE).exception();
    }
}
