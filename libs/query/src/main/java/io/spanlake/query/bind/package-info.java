/**
 * Gives every name of a syntax tree its meaning and makes the plan: {@link io.spanlake.query.bind.Binder}.
 * <p>May import: {@code parse}, {@code plan}, {@code function}, {@code match}, {@code value}.
 */
@NullMarked
package io.spanlake.query.bind;

import org.jspecify.annotations.NullMarked;
