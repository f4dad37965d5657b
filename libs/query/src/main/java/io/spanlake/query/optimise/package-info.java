/**
 * Plans that give the same rows with less work; a rule is a class. Door: {@link io.spanlake.query.optimise.Optimiser}.
 * <p>May import: {@code plan}, {@code value}.
 */
@NullMarked
package io.spanlake.query.optimise;

import org.jspecify.annotations.NullMarked;
