/**
 * Columns of parts in memory, and scalars computed of them without a row being read: {@link io.spanlake.query.column.ColumnVector},
 * {@link io.spanlake.query.column.Kernel}. May import: {@code plan}, {@code function}, {@code value}.
 */
@NullMarked
package io.spanlake.query.column;

import org.jspecify.annotations.NullMarked;
