/**
 * Values of loose JSON as queries see them, how they compare, and how they are computed with.
 * <p>Missing, JSON null and SQL null are one: {@link io.spanlake.query.value.NullValue}.
 * <p>May import: {@code model}.
 */
@NullMarked
package io.spanlake.query.value;

import org.jspecify.annotations.NullMarked;
