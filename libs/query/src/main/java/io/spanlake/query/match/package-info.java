/**
 * Words, patterns and containment within a row's JSON: what {@code MATCH}, {@code LIKE}, regular expressions and {@code INCLUDES} mean.
 * <p>May import: {@code value}, and of {@code storage} the one definition of a word.
 */
@NullMarked
package io.spanlake.query.match;

import org.jspecify.annotations.NullMarked;
