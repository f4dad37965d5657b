/**
 * Reads of rows: a page, a trace, one row, counts; strict or of the newest snapshot. Door: {@link
 * io.spanlake.query.read.ObjectReads}.
 */
@NullMarked
package io.spanlake.query.read;

import org.jspecify.annotations.NullMarked;
