package io.spanlake.compactor;

import io.spanlake.catalog.work.CompactionLimits;
import io.spanlake.compactor.plan.PlanLimits;
import java.time.Duration;

/**
 * On which terms work is taken.
 *
 * @param due             when an object is worth a look
 * @param plan            how much a job takes
 * @param restWithoutWork of an object that turned out to have no work: the catalog's look is coarser than the planner's
 */
record Terms(CompactionLimits due, PlanLimits plan, Duration restWithoutWork) {}
