/**
 * Functions of values, aggregates over rows, and what tokens cost.
 * <p>May import: {@code value}, {@code match}.
 */
@NullMarked
package io.spanlake.query.function;

import org.jspecify.annotations.NullMarked;
