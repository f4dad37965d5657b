package io.spanlake.query.optimise;

import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.PlanTree;
import java.util.function.UnaryOperator;

/** All rules, in their order. Pure. */
public final class Optimiser {
    private Optimiser() {}

    public static Plan.Query optimised(Plan.Query query) {
        var pushed = PlanTree.map(query, Optimiser::pushed, UnaryOperator.identity());
        return ReadNeededFields.apply(NarrowJoined.apply(pushed));
    }

    private static Plan pushed(Plan plan) {
        return PushIntoJoin.apply(PlanTree.map(plan, Optimiser::pushed, UnaryOperator.identity()));
    }
}
