/**
 * What waits → what is cut now, and how far. Pure. The door is {@link io.spanlake.segments.plan.CutPlanner}.
 */
@NullMarked
package io.spanlake.segments.plan;

import org.jspecify.annotations.NullMarked;
