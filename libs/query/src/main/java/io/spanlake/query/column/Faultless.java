package io.spanlake.query.column;

import io.spanlake.query.plan.Scalar;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Whether what is computed may come out as a fault of the query, for some row. Pure. */
public final class Faultless {
    private static final Set<String> FUNCTIONS = Set.of(
            "coalesce",
            "nullif",
            "least",
            "greatest",
            "abs",
            "lower",
            "upper",
            "trim",
            "ltrim",
            "rtrim",
            "left",
            "right");

    private Faultless() {}

    /** Of a condition: it is true, false or null of every row. */
    public static boolean isMet(Scalar condition) {
        return switch (condition) {
            case Scalar.And(var operands) -> operands.stream().allMatch(Faultless::isMet);
            case Scalar.Or(var operands) -> operands.stream().allMatch(Faultless::isMet);
            case Scalar.Not(var operand) -> isMet(operand);
            case Scalar.Compare(var ignoredOperator, var left, var right) -> all(List.of(left, right));
            case Scalar.IsNull(var operand) -> isComputed(operand);
            case Scalar.Is(var operand, var ignoredWhat) -> isComputed(operand);
            case Scalar.In(var operand, var ignoredMembers) -> isComputed(operand);
            case Scalar.Like(var operand, var ignoredPattern) -> isComputed(operand);
            case Scalar.Match(var operand, var ignoredWords) -> isComputed(operand);
            default -> false;
        };
    }

    private static boolean all(Collection<Scalar> scalars) {
        return scalars.stream().allMatch(Faultless::isComputed);
    }

    private static boolean isComputed(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Constant _, Scalar.Field _ -> true;
            case Scalar.Call(var function, var arguments) -> FUNCTIONS.contains(function.name()) && all(arguments);
            case Scalar.Calculate(var ignoredOperator, var left, var right) -> all(List.of(left, right));
            case Scalar.Cost(var stored, var model, var tokens) -> all(List.of(stored, model)) && all(tokens);
            case Scalar.Conditional(var branches, var otherwise) ->
                isComputed(otherwise)
                        && branches.stream().allMatch(branch -> isMet(branch.condition()) && isComputed(branch.then()));
            default -> false;
        };
    }
}
