package io.spanlake.query.explain;

import io.spanlake.query.parse.Written;
import io.spanlake.query.plan.Members;
import io.spanlake.query.plan.Plan.Measure;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.Value;
import java.util.List;
import java.util.stream.Collectors;

/** Scalars as a person would write them; long lists and texts are cut. */
final class ScalarText {
    private static final int CHARS_MAX = 200;
    private static final int MEMBERS_MAX = 5;

    private ScalarText() {}

    static String of(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Constant(var value) -> of(value);
            case Scalar.Field(var steps, var ignoredType) -> Written.path(steps);
            case Scalar.Column(var index, var ignoredType) -> "#" + index;
            case Scalar.At(var operand, var steps) -> of(operand) + "." + Written.path(steps);
            case Scalar.Call(var function, var arguments) -> function.name() + list(arguments);
            case Scalar.Calculate(var operator, var left, var right) ->
                "(%s %s %s)".formatted(of(left), operator.symbol(), of(right));
            case Scalar.Negate(var operand) -> "-" + of(operand);
            case Scalar.Conditional(var branches, var otherwise) ->
                branches.stream()
                                .map(branch -> "when %s then %s".formatted(of(branch.condition()), of(branch.then())))
                                .collect(Collectors.joining(" ", "case ", " else "))
                        + of(otherwise) + " end";
            case Scalar.ArrayOf(var items) -> "array" + list(items);
            case Scalar.ObjectOf(var keys, var values) -> "object" + list(values) + " of " + keys;
            case Scalar.Preview(var operand, var length, var ignoredByLeaf) ->
                "preview(%s, %d)".formatted(of(operand), length);
            case Scalar.QueryValue ignored -> "(a query)";
            case Scalar.Cost ignored -> "estimated_cost()";
            case Scalar.Condition condition -> condition(condition);
        };
    }

    private static String condition(Scalar.Condition condition) {
        return switch (condition) {
            case Scalar.Compare(var operator, var left, var right) ->
                "%s %s %s".formatted(of(left), operator.symbol(), of(right));
            case Scalar.And(var operands) -> joined(operands, " and ");
            case Scalar.Or(var operands) -> "(" + joined(operands, " or ") + ")";
            case Scalar.Not(var operand) -> "not " + of(operand);
            case Scalar.IsNull(var operand) -> of(operand) + " is null";
            case Scalar.Is(var operand, var what) -> of(operand) + " is " + what;
            case Scalar.In(var operand, var members) -> of(operand) + " in " + of(members);
            case Scalar.InList(var operand, var list) -> of(operand) + " in " + of(list);
            case Scalar.InQuery(var operand, var ignoredQuery) -> of(operand) + " in (a query)";
            case Scalar.Includes(var haystack, var needle) -> of(haystack) + " includes " + of(needle);
            case Scalar.Match(var operand, var words) -> of(operand) + " match '" + words.text() + "'";
            case Scalar.Like(var operand, var pattern) ->
                of(operand) + (pattern.anyCase() ? " ilike '" : " like '") + pattern.text() + "'";
            case Scalar.Regex(var operand, var pattern) -> of(operand) + " ~ '" + pattern.text() + "'";
        };
    }

    static String of(Measure measure) {
        var arguments = measure.arguments().isEmpty() ? "(*)" : list(measure.arguments());
        return measure.aggregate().name()
                + (measure.distinct() ? " distinct" : "")
                + arguments
                + measure.filter().map(filter -> " filter (" + of(filter) + ")").orElse("");
    }

    private static String list(List<Scalar> scalars) {
        return "(" + joined(scalars, ", ") + ")";
    }

    static String joined(List<Scalar> scalars, String between) {
        return cut(scalars.stream().limit(CHARS_MAX).map(ScalarText::of).collect(Collectors.joining(between)));
    }

    private static String of(Members members) {
        var shown =
                members.values().stream().limit(MEMBERS_MAX).map(ScalarText::of).collect(Collectors.joining(", "));
        int more = members.values().size() - MEMBERS_MAX;
        return "(" + shown + (more > 0 ? ", and %d more".formatted(more) : "") + ")";
    }

    static String of(Value value) {
        return cut(JsonWriter.json(value));
    }

    private static String cut(String text) {
        return text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) + "…" : text;
    }
}
