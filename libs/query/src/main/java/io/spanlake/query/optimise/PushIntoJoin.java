package io.spanlake.query.optimise;

import io.spanlake.query.plan.Hints;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.ScalarTree;
import io.spanlake.query.value.Paths.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves what a condition says of one of several joined sources to that source, where the store can answer it. Not past a join
 * that keeps rows without a partner: they would lose the partner that the condition refuses, and stay.
 */
public final class PushIntoJoin {
    private PushIntoJoin() {}

    static Plan apply(Plan plan) {
        return switch (plan) {
            case Plan.Filter(Plan.Join join, var condition) -> filtered(join, condition);
            case Plan.Join join -> ofOwnCondition(join);
            default -> plan;
        };
    }

    private static Plan filtered(Plan.Join join, Scalar condition) {
        Plan rows = join;
        var left = new ArrayList<Scalar>();
        for (var part : parts(condition)) {
            var pushed = into(rows, part);
            if (pushed.isPresent()) {
                rows = pushed.get();
            } else {
                left.add(part);
            }
        }
        return left.isEmpty() ? rows : new Plan.Filter(rows, and(left));
    }

    /** Parts of ON that speak of the right side alone. */
    private static Plan ofOwnCondition(Plan.Join join) {
        var right = join.right();
        var kept = new ArrayList<Scalar>();
        for (var part : parts(join.condition().orElseGet(() -> new Scalar.And(List.of())))) {
            var pushed = into(right, part);
            if (pushed.isPresent()) {
                right = pushed.get();
            } else {
                kept.add(part);
            }
        }
        return new Plan.Join(
                join.left(),
                right,
                join.keepsLeft(),
                join.leftKeys(),
                join.rightKeys(),
                kept.isEmpty() ? Optional.empty() : Optional.of(and(kept)));
    }

    private static List<Scalar> parts(Scalar condition) {
        return condition instanceof Scalar.And(var operands)
                ? operands.stream().flatMap(part -> parts(part).stream()).toList()
                : List.of(condition);
    }

    private static Scalar and(List<Scalar> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Scalar.And(parts);
    }

    /** The same rows without those that do not meet a condition; empty where it is not of one source below. */
    public static Optional<Plan> into(Plan plan, Scalar condition) {
        var labels = labels(condition);
        return labels.size() == 1 ? into(plan, condition, labels.iterator().next()) : Optional.empty();
    }

    private static Optional<Plan> into(Plan plan, Scalar condition, String label) {
        return switch (plan) {
            case Plan.Labelled(var input, var name, var fields) ->
                name.equals(label)
                        ? Optional.of(new Plan.Labelled(filtered(input, unlabelled(condition)), name, fields))
                        : Optional.empty();
            case Plan.Join join -> {
                var left = into(join.left(), condition, label);
                if (left.isPresent()) {
                    yield left.map(changed -> with(join, changed, join.right()));
                }
                yield join.keepsLeft()
                        ? Optional.empty()
                        : into(join.right(), condition, label).map(changed -> with(join, join.left(), changed));
            }
            default -> Optional.empty();
        };
    }

    private static Plan with(Plan.Join join, Plan left, Plan right) {
        return new Plan.Join(left, right, join.keepsLeft(), join.leftKeys(), join.rightKeys(), join.condition());
    }

    private static Plan filtered(Plan input, Scalar condition) {
        return switch (input) {
            case Plan.Filter(var inner, var known) -> filtered(inner, new Scalar.And(List.of(known, condition)));
            case Plan.Scan scan ->
                new Plan.Filter(
                        new Plan.Scan(
                                scan.objects(),
                                Hints.and(List.of(scan.hint(), Hints.of(condition))),
                                scan.fields(),
                                scan.order()),
                        condition);
            default -> new Plan.Filter(input, condition);
        };
    }

    /** Of all sources that it reads; more than one, or one that is none, where it reads anything else. */
    private static Set<String> labels(Scalar condition) {
        var labels = new HashSet<String>();
        ScalarTree.visit(condition, scalar -> {
            if (scalar instanceof Scalar.Field field) {
                labels.add(field.steps().size() > 1 ? field.top() : "");
            } else if (scalar instanceof Scalar.Column) {
                labels.add("");
            }
        });
        return labels;
    }

    private static Scalar unlabelled(Scalar scalar) {
        return scalar instanceof Scalar.Field(var steps, var type)
                ? new Scalar.Field(rest(steps), type)
                : ScalarTree.map(scalar, PushIntoJoin::unlabelled);
    }

    private static List<Step> rest(List<Step> steps) {
        return steps.subList(1, steps.size());
    }
}
