package io.spanlake.query.column;

import io.spanlake.query.plan.Hints;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.WholeHints;
import io.spanlake.query.value.Paths.Step;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What scalars need of rows where only the values count, and not how a row wrote them: 5 or 5.0, a time in this zone or that.
 * Pure.
 */
public final class ColumnNeeds {
    /** Functions of whose results the same is true. */
    private static final Set<String> OF_VALUES = Set.of(
            "coalesce",
            "nullif",
            "least",
            "greatest",
            "abs",
            "ceil",
            "floor",
            "round",
            "second",
            "minute",
            "hour",
            "day",
            "week",
            "month",
            "quarter",
            "year",
            "date_trunc",
            "extract",
            "epoch");

    /** Functions of whose results it is true where their arguments are texts. */
    private static final Set<String> OF_TEXTS = Set.of(
            "lower",
            "upper",
            "concat",
            "substring",
            "left",
            "right",
            "trim",
            "ltrim",
            "rtrim",
            "replace",
            "split_part",
            "starts_with",
            "ends_with",
            "strpos",
            "reverse",
            "regexp_like",
            "regexp_extract",
            "regexp_replace");

    private final Map<List<Step>, ColumnNeed> needed = new HashMap<>();
    private boolean possible = true;

    private ColumnNeeds() {}

    /** Needs by path; empty where whole rows are needed. */
    public static Optional<Map<List<Step>, ColumnNeed>> of(Collection<Scalar> scalars, Collection<Scalar> countedOnly) {
        var needs = new ColumnNeeds();
        scalars.forEach(needs::visit);
        countedOnly.forEach(needs::visitCounted);
        return needs.possible ? Optional.of(Map.copyOf(needs.needed)) : Optional.empty();
    }

    /** Of a scalar only whether it is null is asked. */
    private void visitCounted(Scalar scalar) {
        if (scalar instanceof Scalar.Field field && isPresenceKnown(field)) {
            needed.merge(field.steps(), ColumnNeed.PRESENCE, ColumnNeed::or);
        } else {
            visit(scalar);
        }
    }

    private void visit(Scalar scalar) {
        switch (scalar) {
            case Scalar.Constant _ -> {}
            case Scalar.Field field -> visit(field, ColumnNeed.VALUE);
            case Scalar.Calculate(var ignoredOperator, var left, var right) -> {
                visit(left);
                visit(right);
            }
            case Scalar.Negate(var operand) -> visit(operand);
            case Scalar.Call(var function, var arguments)
            when OF_TEXTS.contains(function.name()) -> arguments.forEach(this::visitText);
            case Scalar.Call(var function, var arguments) -> {
                possible &= OF_VALUES.contains(function.name());
                arguments.forEach(this::visit);
            }
            case Scalar.Like(var operand, var ignoredPattern) -> visitText(operand);
            case Scalar.Regex(var operand, var ignoredPattern) -> visitText(operand);
            case Scalar.Compare(var ignoredOperator, var left, var right) -> {
                visit(left);
                visit(right);
            }
            case Scalar.And(var operands) -> operands.forEach(this::visit);
            case Scalar.Or(var operands) -> operands.forEach(this::visit);
            case Scalar.Not(var operand) -> visit(operand);
            case Scalar.IsNull(var operand) -> visitCounted(operand);
            case Scalar.Is(var operand, var ignoredWhat) -> visit(operand);
            case Scalar.In(var operand, var ignoredMembers) -> visit(operand);
            case Scalar.Conditional(var branches, var otherwise) -> {
                branches.forEach(branch -> {
                    visit(branch.condition());
                    visit(branch.then());
                });
                visit(otherwise);
            }
            case Scalar.Cost(var stored, var model, var tokens) -> {
                visit(stored);
                visit(model);
                tokens.forEach(this::visit);
            }
            default -> possible = false;
        }
    }

    /** What is no text is taken as its JSON. */
    private void visitText(Scalar scalar) {
        switch (scalar) {
            case Scalar.Constant _ -> {}
            case Scalar.Field field -> visit(field, ColumnNeed.TEXT);
            case Scalar.Call(var function, var arguments)
            when OF_TEXTS.contains(function.name()) || function.name().equals("coalesce") ->
                arguments.forEach(this::visitText);
            default -> possible = false;
        }
    }

    private void visit(Scalar.Field field, ColumnNeed need) {
        possible &= field.steps().stream().allMatch(Step.Key.class::isInstance)
                && !Hints.paths(field).isEmpty();
        needed.merge(field.steps(), need, ColumnNeed::or);
    }

    private static boolean isPresenceKnown(Scalar.Field field) {
        return WholeHints.isAsSent(field) && field.steps().stream().allMatch(Step.Key.class::isInstance);
    }
}
