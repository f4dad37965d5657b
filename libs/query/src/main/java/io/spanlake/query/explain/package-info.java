/**
 * Plans as text: what each step does, what the store is asked for, and what it had to read. Door:
 * {@link io.spanlake.query.explain.ExplainRuns}.
 * <p>May import: {@code plan}, {@code execute}, {@code function}, {@code value}.
 */
@NullMarked
package io.spanlake.query.explain;

import org.jspecify.annotations.NullMarked;
