package io.spanlake.query.plan;

import io.spanlake.query.parse.Expr.Comparison;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.util.Set;

/**
 * Whether the hint of a condition says all that the condition says, so that where a store's answer is exact no row has to be
 * looked at. Pure.
 */
public final class WholeHints {
    /** Fields that rows show as they were sent; others are computed of it, as {@code span_parents}, or are no values of rows. */
    private static final Set<String> AS_SENT = Set.of(
            "input",
            "output",
            "expected",
            "error",
            "scores",
            "metadata",
            "tags",
            "metrics",
            "span_attributes",
            "context");

    private WholeHints() {}

    public static boolean saysAllOf(Scalar condition) {
        return switch (condition) {
            case Scalar.And(var operands) -> operands.stream().allMatch(WholeHints::saysAllOf);
            case Scalar.Or(var operands) -> operands.stream().allMatch(WholeHints::saysAllOf);
            case Scalar.Not(Scalar.IsNull(Scalar.Field field)) -> isAsSent(field);
            case Scalar.Compare compare -> compare(compare);
            case Scalar.In(Scalar.Field field, var members) ->
                isAsSent(field) && members.values().stream().allMatch(WholeHints::isScalar);
            case Scalar.Match(Scalar.Field field, var words) ->
                isAsSent(field)
                        && field.steps().size() == 1
                        && !words.required().isEmpty()
                        && words.excluded().isEmpty();
            case Scalar.Like(Scalar.Field field, var ignoredPattern) -> isAsSent(field);
            case Scalar.Regex(Scalar.Field field, var ignoredPattern) -> isAsSent(field);
            case Scalar.Is(Scalar.Field field, var ignoredWhat) -> isAsSent(field) || isRoot(field);
            case Scalar.Field field -> isRoot(field);
            case Scalar.Constant(var value) -> value instanceof BooleanValue;
            default -> false;
        };
    }

    private static boolean compare(Scalar.Compare compare) {
        if (compare.left() instanceof Scalar.Field field && compare.right() instanceof Scalar.Constant(var value)) {
            return isAsSent(field) && compare(compare.operator(), value);
        }
        return compare.right() instanceof Scalar.Field field
                && compare.left() instanceof Scalar.Constant(var value)
                && isAsSent(field)
                && compare(compare.operator(), value);
    }

    private static boolean compare(Comparison operator, Value value) {
        return switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL -> isScalar(value);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> value instanceof NumberValue;
            case UNEQUAL, NULL_SAFE_UNEQUAL -> false;
        };
    }

    private static boolean isScalar(Value value) {
        return value instanceof TextValue || value instanceof NumberValue || value instanceof BooleanValue;
    }

    public static boolean isAsSent(Scalar.Field field) {
        return AS_SENT.contains(field.top())
                && field.type() != ValueType.TIME
                && !Hints.paths(field).isEmpty();
    }

    /** Of a top-level field. */
    public static boolean isAsSent(String field) {
        return AS_SENT.contains(field);
    }

    private static boolean isRoot(Scalar.Field field) {
        return field.top().equals("is_root") && field.steps().size() == 1;
    }
}
