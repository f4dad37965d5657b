package io.spanlake.query.execute;

import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.Warning;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.CodePoints;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.List;

/** A row for each key of an object, in the order of keys, or for each item of an array. */
final class UnpivotStep {
    private final QueryRun run;
    private final Plan.Unpivot step;

    UnpivotStep(QueryRun run, Plan.Unpivot step) {
        this.run = run;
        this.step = step;
    }

    List<Tuple> rows(Tuple tuple) {
        var value = run.evaluator().evaluate(step.value(), tuple);
        var rows = new ArrayList<Tuple>();
        switch (value) {
            case ObjectValue(var fields)
            when step.keyed() -> {
                var keys = fields.keySet().stream().sorted(CodePoints::compare).toList();
                keys.forEach(key -> rows.add(tuple.with(new TextValue(key), fields.getOrDefault(key, value))));
            }
            case ArrayValue(var items) when !step.keyed() -> items.forEach(item -> rows.add(tuple.with(item)));
            case Value other
            when !other.isNull() ->
                run.warn(new Warning(
                        "unpivotKind",
                        "rows were left out whose value is no " + (step.keyed() ? "object" : "array"),
                        "execution",
                        "info"));
            default -> {}
        }
        return rows;
    }
}
