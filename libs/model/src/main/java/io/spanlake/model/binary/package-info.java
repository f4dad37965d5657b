/**
 * Numbers and texts as the formats of this module have them: see docs/formats/envelope.md.
 *
 * <p>May import: the JDK, {@code io.spanlake.model} and its {@code json}. May be imported by: every module.
 */
@NullMarked
package io.spanlake.model.binary;

import org.jspecify.annotations.NullMarked;
