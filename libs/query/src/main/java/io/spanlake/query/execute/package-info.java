/**
 * Runs plans: {@link io.spanlake.query.execute.QueryEngine} over a {@link io.spanlake.query.execute.RowSource}. Steps are plain and
 * synchronous; Reactor carries rows between them, with backpressure, on one bounded scheduler.
 * <p>May import: {@code plan}, {@code parse}, {@code function}, {@code match}, {@code value}, {@code column}.
 */
@NullMarked
package io.spanlake.query.execute;

import org.jspecify.annotations.NullMarked;
