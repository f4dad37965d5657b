package io.spanlake.query.parse;

import io.spanlake.query.parse.Query.Dialect;
import io.spanlake.query.parse.Query.Item;
import io.spanlake.query.parse.Query.SortKey;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The form that clients send parsed: {@code {"from": {"op": "function", …}, "filter": {"op": "eq", …}, …}}. Text is taken
 * wherever an expression, an item or a source may stand. Keys that mean nothing are refused by name. Thread-safe.
 */
public final class QueryJson {
    private static final Set<String> KEYS = Set.of(
            "select",
            "dimensions",
            "measures",
            "pivot",
            "weighted_scores",
            "custom_columns",
            "final_dimensions",
            "final_measures",
            "unpivot",
            "infer",
            "filter",
            "where",
            "span_filter",
            "trace_filter",
            "final_filter",
            "comparison_key",
            "from",
            "sort",
            "limit",
            "offset",
            "preview_length",
            "inference_budget",
            "cursor",
            "sample",
            "distinct",
            "settings");

    private final QueryTexts texts;
    private final ExprJson expressions;

    public QueryJson(QueryTexts texts, QueryLimits limits) {
        this.texts = texts;
        this.expressions = new ExprJson(texts, limits);
    }

    /** @throws QueryFaultException where it is no query */
    public Query query(ObjectValue json) {
        json.fields().keySet().forEach(QueryJson::checkKey);
        var query = new Query.Builder(Dialect.JSON, Place.NONE);
        query.select = items(json, "select");
        query.dimensions = items(json, "dimensions");
        query.measures = items(json, "measures");
        query.finalDimensions = items(json, "final_dimensions");
        query.finalMeasures = items(json, "final_measures");
        query.weightedScores = items(json, "weighted_scores");
        query.customColumns = items(json, "custom_columns");
        query.filter =
                expr(json, json.get("filter").isNull() ? "where" : "filter").orElse(null);
        query.spanFilter = expr(json, "span_filter").orElse(null);
        query.traceFilter = expr(json, "trace_filter").orElse(null);
        query.finalFilter = expr(json, "final_filter").orElse(null);
        query.comparisonKey = expr(json, "comparison_key").orElse(null);
        query.from = json.get("from").isNull() ? null : source(json.get("from"));
        query.sort = list(json, "sort").stream().map(this::sortKey).toList();
        query.limit = count(json, "limit");
        query.offset = count(json, "offset");
        query.previewLength = count(json, "preview_length");
        query.cursor = json.get("cursor") instanceof TextValue(var cursor) ? cursor : null;
        query.sample = sample(json.get("sample")).orElse(null);
        query.unpivots = list(json, "unpivot").stream().map(this::unpivot).toList();
        var pivots = items(json, "pivot");
        query.pivot = pivots.isEmpty() ? null : new Query.Pivot(pivots, Optional.empty(), Place.NONE);
        if (!json.get("infer").isNull()) {
            query.infer = list(json, "infer").stream()
                    .map(expressions::of)
                    .filter(expr -> !(expr instanceof Expr.Star))
                    .toList();
        }
        return query.build();
    }

    private static void checkKey(String key) {
        if (!KEYS.contains(key)) {
            throw QueryFault.of(QueryFault.Kind.PARSE, "a query has no key " + shortened(key), Place.NONE)
                    .withHint(Nearest.hint(key, KEYS))
                    .exception();
        }
    }

    private List<Value> list(ObjectValue json, String key) {
        return switch (json.get(key)) {
            case NullValue _ -> List.of();
            case ArrayValue(var items) -> items;
            case TextValue text -> List.of(text);
            case ObjectValue one -> List.of(one);
            default -> throw fault(key + " is a list");
        };
    }

    private Optional<Expr> expr(ObjectValue json, String key) {
        var value = json.get(key);
        return value.isNull() ? Optional.empty() : Optional.of(expressions.of(value));
    }

    private List<Item> items(ObjectValue json, String key) {
        return list(json, key).stream().map(this::item).toList();
    }

    private Item item(Value json) {
        if (json instanceof TextValue(var text)) {
            return texts.item(text);
        }
        if (!(json instanceof ObjectValue object)) {
            throw fault("an item is {expr, alias}, not " + shortened(JsonWriter.json(json)));
        }
        var alias = object.get("alias") instanceof TextValue(var name) ? Optional.of(name) : Optional.<String>empty();
        boolean wrapped = !object.get("expr").isNull();
        var value = expressions.of(wrapped ? object.get("expr") : object);
        return new Item(value, alias, Written.of(value));
    }

    private SortKey sortKey(Value json) {
        if (json instanceof ObjectValue object && !object.get("expr").isNull()) {
            boolean descending = object.get("dir") instanceof TextValue(var dir) && dir.equalsIgnoreCase("desc");
            return new SortKey(expressions.of(object.get("expr")), descending, Optional.empty());
        }
        return new SortKey(expressions.of(json), false, Optional.empty());
    }

    private Query.Unpivot unpivot(Value json) {
        if (!(json instanceof ObjectValue object)) {
            throw fault("unpivot has items {expr, alias}");
        }
        var value = expressions.of(object.get("expr"));
        return switch (object.get("alias")) {
            case TextValue(var alias) -> new Query.Unpivot(value, Optional.empty(), alias, Place.NONE);
            case ArrayValue(var names)
            when names.size() == 2
                    && names.get(0) instanceof TextValue(var key)
                    && names.get(1) instanceof TextValue(var item) ->
                new Query.Unpivot(value, Optional.of(key), item, Place.NONE);
            default -> throw fault("unpivot has as alias a name, or two: of key and value");
        };
    }

    private Query.Source source(Value json) {
        return switch (json) {
            case TextValue(var text) -> texts.source(text);
            case ObjectValue object
            when object.get("op") instanceof TextValue(var op) && op.equalsIgnoreCase("ident") ->
                new Query.Source.Objects(
                        name(object.get("name")),
                        List.of(),
                        Map.of(),
                        text(object, "shape"),
                        Optional.empty(),
                        true,
                        Place.NONE);
            case ObjectValue object when !object.get("name").isNull() -> objects(object);
            case ObjectValue object
            when !object.get("from").isNull() -> new Query.Source.Nested(query(object), Optional.empty(), Place.NONE);
            default -> throw fault("from is a table function, not " + shortened(JsonWriter.json(json)));
        };
    }

    private Query.Source objects(ObjectValue object) {
        var ids = new ArrayList<Expr>();
        var named = new LinkedHashMap<String, Expr>();
        for (var argument : list(object, "args")) {
            if (argument instanceof ObjectValue pair
                    && pair.get("alias") instanceof TextValue(var alias)
                    && !pair.get("expr").isNull()) {
                named.put(alias, expressions.of(pair.get("expr")));
            } else {
                ids.add(argument instanceof TextValue id ? new Expr.Literal(id, Place.NONE) : expressions.of(argument));
            }
        }
        return new Query.Source.Objects(
                name(object.get("name")), ids, named, text(object, "shape"), Optional.empty(), false, Place.NONE);
    }

    /** {@code "f"}, {@code ["f"]} or {@code {"op": "ident", "name": ["f"]}}. */
    static String name(Value json) {
        return switch (json) {
            case TextValue(var name) -> name.toLowerCase(Locale.ROOT);
            case ArrayValue(var parts) when parts.size() == 1 -> name(parts.getFirst());
            case ObjectValue object when !object.get("name").isNull() -> name(object.get("name"));
            default -> throw fault("a function has one name, not " + shortened(JsonWriter.json(json)));
        };
    }

    private static Optional<String> text(ObjectValue object, String key) {
        return object.get(key) instanceof TextValue(var text) ? Optional.of(text) : Optional.empty();
    }

    private static OptionalLong count(ObjectValue json, String key) {
        return switch (json.get(key)) {
            case NullValue _ -> OptionalLong.empty();
            case LongValue(var count) -> OptionalLong.of(count);
            default -> throw fault(key + " is a whole number");
        };
    }

    private static Optional<Query.Sample> sample(Value json) {
        return switch (json) {
            case NullValue _ -> Optional.empty();
            case NumberValue number -> Optional.of(sample(false, number.asDouble(), OptionalLong.empty()));
            case ObjectValue object
            when object.get("method") instanceof ObjectValue method
                    && method.get("value") instanceof NumberValue amount -> {
                boolean rate = method.get("type") instanceof TextValue(var type) && type.equals("rate");
                yield Optional.of(sample(rate, amount.asDouble(), count(object, "seed")));
            }
            default -> throw fault("sample is {method: {type: \"rate\" or \"count\", value}, seed}");
        };
    }

    private static Query.Sample sample(boolean rate, double amount, OptionalLong seed) {
        if (rate ? amount < 0 || amount > 1 : amount < 1) {
            throw fault("a sample is a rate of 0 to 1, or a count of at least 1");
        }
        return new Query.Sample(rate, amount, seed, Place.NONE);
    }

    static QueryFaultException fault(String message) {
        return QueryFault.of(QueryFault.Kind.PARSE, message, Place.NONE).exception();
    }

    static String shortened(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
