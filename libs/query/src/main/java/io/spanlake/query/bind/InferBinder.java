package io.spanlake.query.bind;

import io.spanlake.query.parse.Query;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** {@code infer}: a row for each path that rows have. */
final class InferBinder {
    private static final long ROWS_DEFAULT = 500;
    private static final Map<String, ValueType> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("name", ValueType.ARRAY);
        COLUMNS.put("type", ValueType.ANY);
        COLUMNS.put("count", ValueType.INTEGER);
        COLUMNS.put("top_values", ValueType.ARRAY);
    }

    private InferBinder() {}

    static Binder.Bound of(Query query, ExprBinder binder, Plan rows) {
        var below = query.infer().orElseThrow().stream()
                .map(expr -> {
                    if (binder.bind(expr, Mode.FILTER) instanceof Scalar.Field field) {
                        return field.steps();
                    }
                    throw BindFault.of("infer takes paths", expr.place()).exception();
                })
                .toList();
        var columns = COLUMNS.entrySet().stream()
                .map(column -> new OutputColumn(
                        column.getKey(),
                        new Scalar.Field(List.of(new Step.Key(column.getKey())), column.getValue()),
                        column.getValue()))
                .toList();
        var plan = new Plan.Query(
                new Plan.Infer(rows, below, query.limit().orElse(ROWS_DEFAULT)),
                columns,
                false,
                List.of(),
                false,
                false,
                OptionalLong.empty(),
                0,
                List.of());
        return new Binder.Bound(plan, Schema.ofColumns(COLUMNS, false));
    }
}
