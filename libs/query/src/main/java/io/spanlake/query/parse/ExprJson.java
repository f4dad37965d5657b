package io.spanlake.query.parse;

import io.spanlake.query.parse.Expr.Comparison;
import io.spanlake.query.value.Arithmetic.Operator;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Expressions of the JSON form. */
final class ExprJson {
    private static final Set<String> OPERATORS = Set.of(
            "literal",
            "interval",
            "ident",
            "star",
            "function",
            "eq",
            "ne",
            "lt",
            "le",
            "gt",
            "ge",
            "is",
            "like",
            "ilike",
            "match",
            "in",
            "includes",
            "contains",
            "and",
            "or",
            "not",
            "isnull",
            "isnotnull",
            "add",
            "sub",
            "mul",
            "div",
            "mod",
            "neg",
            "if",
            "btql",
            "singlespanfilter",
            "matchingspansfilter");
    private static final Place AT = Place.NONE;

    private final QueryTexts texts;
    private final QueryLimits limits;

    ExprJson(QueryTexts texts, QueryLimits limits) {
        this.texts = texts;
        this.limits = limits;
    }

    Expr of(Value json) {
        return of(json, 0);
    }

    private Expr of(Value json, int depth) {
        if (depth > limits.depthMax()) {
            throw QueryFault.of(
                            QueryFault.Kind.TOO_LARGE,
                            "more than %d expressions inside each other".formatted(limits.depthMax()),
                            AT)
                    .exception();
        }
        return switch (json) {
            case TextValue(var text) -> texts.expression(text);
            case ObjectValue object -> object(object, depth);
            default ->
                throw QueryJson.fault("an expression is an object with op, or text, not "
                        + QueryJson.shortened(JsonWriter.json(json)));
        };
    }

    private Expr object(ObjectValue node, int depth) {
        var given = node.get("op");
        if (given.isNull() && node.get("btql") instanceof TextValue(var text)) {
            return texts.expression(text);
        }
        if (!(given instanceof TextValue(var name))) {
            throw QueryJson.fault(
                    "an expression has an op, this one has none: " + QueryJson.shortened(JsonWriter.json(node)));
        }
        var op = name.toLowerCase(Locale.ROOT);
        return switch (op) {
            case "literal" -> new Expr.Literal(node.get("value"), AT);
            case "interval" -> interval(node);
            case "ident" -> ident(node.get("name"));
            case "star" -> new Expr.Star(Optional.empty(), List.of(), replacements(node.get("replace"), depth), AT);
            case "function" -> function(node, depth);
            case "eq" -> compare(Comparison.EQUAL, node, depth);
            case "ne" -> compare(Comparison.UNEQUAL, node, depth);
            case "lt" -> compare(Comparison.LESS, node, depth);
            case "le" -> compare(Comparison.LESS_OR_EQUAL, node, depth);
            case "gt" -> compare(Comparison.GREATER, node, depth);
            case "ge" -> compare(Comparison.GREATER_OR_EQUAL, node, depth);
            case "is" -> new Expr.Is(sub(node, "left", depth), literal(sub(node, "right", depth)), AT);
            case "like" -> new Expr.Like(sub(node, "left", depth), sub(node, "right", depth), false, AT);
            case "ilike" -> new Expr.Like(sub(node, "left", depth), sub(node, "right", depth), true, AT);
            case "match" -> new Expr.Match(sub(node, "left", depth), sub(node, "right", depth), AT);
            case "in" -> in(node, depth);
            case "includes", "contains" ->
                new Expr.Includes(sub(node, "haystack", depth), sub(node, "needle", depth), AT);
            case "and" -> new Expr.And(children(node, depth), AT);
            case "or" -> new Expr.Or(children(node, depth), AT);
            case "not" -> new Expr.Not(sub(node, "expr", depth), AT);
            case "isnull" -> new Expr.Is(sub(node, "expr", depth), NullValue.NULL, AT);
            case "isnotnull" -> new Expr.Not(new Expr.Is(sub(node, "expr", depth), NullValue.NULL, AT), AT);
            case "add" -> calculate(Operator.ADD, node, depth);
            case "sub" -> calculate(Operator.SUBTRACT, node, depth);
            case "mul" -> calculate(Operator.MULTIPLY, node, depth);
            case "div" -> calculate(Operator.DIVIDE, node, depth);
            case "mod" -> calculate(Operator.MODULO, node, depth);
            case "neg" -> new Expr.Negate(sub(node, "expr", depth), AT);
            case "if" -> conditional(node, depth);
            case "btql" -> of(node.get("btql"), depth + 1);
            case "singlespanfilter" -> ExprTree.call("any_span", List.of(sub(node, "expr", depth)), AT);
            case "matchingspansfilter" -> ExprTree.call("filter_spans", List.of(sub(node, "expr", depth)), AT);
            default ->
                throw QueryFault.of(QueryFault.Kind.PARSE, "unknown op " + QueryJson.shortened(op), AT)
                        .withHint(Nearest.hint(op, OPERATORS))
                        .exception();
        };
    }

    private Expr sub(ObjectValue node, String key, int depth) {
        var json = node.get(key);
        if (json.isNull()) {
            throw QueryJson.fault("%s has no %s".formatted(JsonWriter.json(node.get("op")), key));
        }
        return of(json, depth + 1);
    }

    private Expr compare(Comparison operator, ObjectValue node, int depth) {
        return new Expr.Compare(operator, sub(node, "left", depth), sub(node, "right", depth), AT);
    }

    private Expr calculate(Operator operator, ObjectValue node, int depth) {
        return new Expr.Calculate(operator, sub(node, "left", depth), sub(node, "right", depth), AT);
    }

    private static Value literal(Expr expr) {
        if (expr instanceof Expr.Literal literal) {
            return literal.value();
        }
        throw QueryJson.fault("is has null, true or false on its right");
    }

    private Expr in(ObjectValue node, int depth) {
        var left = sub(node, "left", depth);
        return switch (sub(node, "right", depth)) {
            case Expr.Literal literal
            when literal.value() instanceof ArrayValue(var items) ->
                new Expr.In(
                        left,
                        items.stream()
                                .<Expr>map(item -> new Expr.Literal(item, AT))
                                .toList(),
                        AT);
            case Expr.Array array -> new Expr.In(left, array.items(), AT);
            case Expr list -> new Expr.InValue(left, list, AT);
        };
    }

    private List<Expr> children(ObjectValue node, int depth) {
        if (node.get("children") instanceof ArrayValue(var children)) {
            return children.stream().map(child -> of(child, depth + 1)).toList();
        }
        return List.of(sub(node, "left", depth), sub(node, "right", depth));
    }

    private static Expr interval(ObjectValue node) {
        if (node.get("value") instanceof LongValue(var number) && node.get("unit") instanceof TextValue(var unit)) {
            return new Expr.Literal(Intervals.of(Long.toString(number), Optional.of(unit), AT), AT);
        }
        throw QueryJson.fault("an interval has a whole value and a unit");
    }

    private static Expr ident(Value json) {
        var steps = new ArrayList<Step>();
        var parts = json instanceof ArrayValue(var many) ? many : List.of(json);
        for (var part : parts) {
            switch (part) {
                case TextValue(var key) -> steps.add(new Step.Key(key));
                case LongValue(var index)
                when !steps.isEmpty() && Math.abs(index) < 1L << 30 -> steps.add(new Step.Index((int) index));
                default ->
                    throw QueryJson.fault(
                            "a name is a list of texts and indexes, not " + QueryJson.shortened(JsonWriter.json(json)));
            }
        }
        if (steps.isEmpty()) {
            throw QueryJson.fault("a name has at least one part");
        }
        return new Expr.Name(steps, AT);
    }

    private Map<String, Expr> replacements(Value json, int depth) {
        var replaced = new LinkedHashMap<String, Expr>();
        if (json instanceof ObjectValue(var fields)) {
            fields.forEach((column, value) -> replaced.put(column, of(value, depth + 1)));
        }
        return replaced;
    }

    private Expr function(ObjectValue node, int depth) {
        var arguments = new ArrayList<Expr.Argument>();
        if (node.get("args") instanceof ArrayValue(var given)) {
            for (var argument : given) {
                if (argument instanceof ObjectValue pair
                        && pair.get("op").isNull()
                        && !pair.get("expr").isNull()) {
                    var alias = pair.get("alias") instanceof TextValue(var text)
                            ? Optional.of(text)
                            : Optional.<String>empty();
                    arguments.add(new Expr.Argument(alias, of(pair.get("expr"), depth + 1)));
                } else {
                    arguments.add(new Expr.Argument(Optional.empty(), of(argument, depth + 1)));
                }
            }
        }
        boolean distinct = node.get("duplicate_treatment") instanceof TextValue(var treatment)
                && treatment.equalsIgnoreCase("distinct");
        return new Expr.Call(QueryJson.name(node.get("name")), arguments, distinct, Optional.empty(), AT);
    }

    private Expr conditional(ObjectValue node, int depth) {
        var branches = new ArrayList<Expr.Branch>();
        if (node.get("conds") instanceof ArrayValue(var conds)) {
            for (var cond : conds) {
                if (!(cond instanceof ObjectValue branch)) {
                    throw QueryJson.fault("if has conds with cond and then");
                }
                branches.add(new Expr.Branch(sub(branch, "cond", depth), sub(branch, "then", depth)));
            }
        }
        var otherwise =
                node.get("else").isNull() ? new Expr.Literal(NullValue.NULL, AT) : of(node.get("else"), depth + 1);
        return branches.isEmpty() ? otherwise : new Expr.Conditional(branches, otherwise, AT);
    }
}
