package io.spanlake.query.bind;

import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.Paths.Step;
import java.util.List;

/**
 * Whether a sort is the order in which rows are read anyway.
 *
 * @param isScanOrder no sort is needed
 * @param oldestFirst which of the two it is
 */
record Natural(boolean isScanOrder, boolean oldestFirst, Plan.Order order) {
    static Natural of(SourceBinder.Source source, boolean grouped, List<SortKey> sort) {
        boolean spans = source instanceof SourceBinder.Source.Objects objects && objects.shape() == Shape.SPANS;
        if (!spans || grouped) {
            return new Natural(false, false, Plan.Order.ANY);
        }
        if (sort.isEmpty()) {
            return new Natural(true, false, Plan.Order.NEWEST_FIRST);
        }
        var first = sort.getFirst();
        if (first.value() instanceof Scalar.Field(var steps, var ignoredType)
                && steps.equals(List.of(new Step.Key("_pagination_key")))) {
            return new Natural(
                    true, !first.descending(), first.descending() ? Plan.Order.NEWEST_FIRST : Plan.Order.OLDEST_FIRST);
        }
        return new Natural(false, false, Plan.Order.ANY);
    }
}
