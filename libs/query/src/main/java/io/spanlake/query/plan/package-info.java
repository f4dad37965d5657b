/**
 * What a query comes to: values to be computed ({@link io.spanlake.query.plan.Scalar}), steps over rows
 * ({@link io.spanlake.query.plan.Plan}), and what may be asked of the store beforehand ({@link io.spanlake.query.plan.Hint}).
 * <p>May import: {@code value}, {@code match}, {@code function}, and of {@code parse} what a fault is.
 */
@NullMarked
package io.spanlake.query.plan;

import org.jspecify.annotations.NullMarked;
