package io.spanlake.query.execute;

import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.WholeHints;
import java.util.Optional;

/**
 * A scan and what its rows are tested for.
 *
 * @param isWhole whether the scan's hint says all that the condition says
 */
record LayerScan(Plan.Scan scan, Optional<Scalar> condition, boolean isWhole) {
    /** Empty where the plan is another. */
    static Optional<LayerScan> of(Plan plan) {
        return switch (plan) {
            case Plan.Scan scan -> Optional.of(new LayerScan(scan, Optional.empty(), true));
            case Plan.Filter(Plan.Scan scan, var condition) ->
                Optional.of(new LayerScan(scan, Optional.of(condition), WholeHints.saysAllOf(condition)));
            default -> Optional.empty();
        };
    }

    /** What selected rows still have to be tested for. */
    Optional<Scalar> rest(PartLayer.Selection selection) {
        return isWhole && selection.exact() ? Optional.empty() : condition;
    }
}
