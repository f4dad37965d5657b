package io.spanlake.query.browse;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Placement;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.plan.Evaluator;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.JsonDocument;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * A question whose names are bound.
 *
 * @param condition of the rows that are meant; absent where all are
 * @param hint      what every such row satisfies, in terms that indexes answer
 * @param values    what is computed of each
 * @param sort      empty where rows lie in the order of their first writes
 * @param oldestFirst of that order, where there is no sort
 * @param fingerprint of object and sort, for cursors
 */
record BoundRows(
        Optional<Scalar> condition,
        Hint hint,
        List<Scalar> values,
        List<Plan.SortKey> sort,
        boolean oldestFirst,
        long fingerprint,
        Evaluator evaluator) {
    static BoundRows of(
            Optional<Scalar> condition,
            Hint hint,
            List<Scalar> values,
            List<Plan.SortKey> sort,
            boolean oldestFirst,
            long fingerprint,
            QueryContext context) {
        return new BoundRows(condition, hint, values, sort, oldestFirst, fingerprint, new Evaluator(context));
    }

    /** Empty where the row is not meant. */
    Optional<Tuple> match(SourceRow row) {
        return match(row.json(), new RowOrder(row.paginationNumber(), Placement.hash(row.id()), 0));
    }

    Optional<Tuple> match(ByteSlice row, RowOrder order) {
        var tuple = Tuple.of(new JsonDocument(row), order);
        return condition.isEmpty() || evaluator.test(condition.get(), tuple) ? Optional.of(tuple) : Optional.empty();
    }

    Value[] values(Tuple tuple) {
        return evaluator.evaluate(values, tuple);
    }

    List<Value> sortKeys(Tuple tuple) {
        return evaluator.arguments(sort.stream().map(Plan.SortKey::value).toList(), tuple);
    }
}
