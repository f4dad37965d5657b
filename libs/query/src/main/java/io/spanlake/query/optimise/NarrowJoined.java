package io.spanlake.query.optimise;

import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.PlanTree;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.ScalarTree;
import io.spanlake.query.value.Paths.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Rows that are joined carry only the fields that anything reads of them: the others would fill the memory of the join. */
final class NarrowJoined {
    /** By source, wherever it is used; no name stands for all of its fields. */
    private final Map<String, Set<String>> read = new HashMap<>();

    private final Set<String> whole = new HashSet<>();

    private NarrowJoined() {}

    static Plan.Query apply(Plan.Query query) {
        var narrowed = new NarrowJoined();
        PlanTree.map(query, narrowed::gather, narrowed::gather);
        return PlanTree.map(query, narrowed::narrow, UnaryOperator.identity());
    }

    private Plan gather(Plan plan) {
        return PlanTree.map(plan, this::gather, this::gather);
    }

    private Scalar gather(Scalar expression) {
        ScalarTree.visit(expression, scalar -> {
            if (scalar instanceof Scalar.Field(var steps, var ignoredType)) {
                if (steps.size() > 1 && steps.get(1) instanceof Step.Key(var name)) {
                    read.computeIfAbsent(top(steps.getFirst()), _ -> new HashSet<>())
                            .add(name);
                } else {
                    whole.add(top(steps.getFirst()));
                }
            }
        });
        return expression;
    }

    private static String top(Step step) {
        return step instanceof Step.Key(var name) ? name : "";
    }

    private Plan narrow(Plan plan) {
        var narrowed = PlanTree.map(plan, this::narrow, UnaryOperator.identity());
        return narrowed instanceof Plan.Labelled(var input, var label, var ignoredFields) && !whole.contains(label)
                ? new Plan.Labelled(input, label, Optional.of(Set.copyOf(read.getOrDefault(label, Set.of()))))
                : narrowed;
    }
}
