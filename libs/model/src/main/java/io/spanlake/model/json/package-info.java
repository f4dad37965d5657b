/**
 * JSON by byte ranges: values are found, checked and moved, never re-serialised, so that each comes back as it was sent.
 *
 * <p>May import: the JDK, {@code io.spanlake.model}. May be imported by: every module.
 */
@NullMarked
package io.spanlake.model.json;

import org.jspecify.annotations.NullMarked;
