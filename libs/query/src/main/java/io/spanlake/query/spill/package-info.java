/**
 * What does not fit into a query's memory, on local disk: rows in files that are read once and deleted. Door:
 * {@link io.spanlake.query.spill.SpillSpace}.
 * <p>May import: {@code plan}, {@code value}, {@code parse} for faults. May be imported by: {@code execute}.
 */
@NullMarked
package io.spanlake.query.spill;

import org.jspecify.annotations.NullMarked;
