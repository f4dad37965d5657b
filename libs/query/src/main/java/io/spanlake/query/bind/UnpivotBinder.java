package io.spanlake.query.bind;

import io.spanlake.query.parse.Query;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/** UNPIVOT: its keys and values become columns beside the row, which the clauses after it know by name. */
final class UnpivotBinder {
    private record Bound(Scalar value, boolean keyed) {}

    private final List<Bound> bound = new ArrayList<>();

    UnpivotBinder(Query query, ExprBinder binder, Scope scope) {
        int column = 0;
        for (var unpivot : query.unpivots()) {
            bound.add(new Bound(
                    binder.bind(unpivot.object(), Mode.KEY), unpivot.key().isPresent()));
            if (unpivot.key().isPresent()) {
                scope.column(unpivot.key().get(), new Scalar.Column(column++, ValueType.STRING));
            }
            scope.column(unpivot.value(), new Scalar.Column(column++, ValueType.ANY));
        }
    }

    Plan of(Plan rows) {
        var unpivoted = rows;
        for (var one : bound) {
            unpivoted = new Plan.Unpivot(unpivoted, one.value, one.keyed);
        }
        return unpivoted;
    }
}
