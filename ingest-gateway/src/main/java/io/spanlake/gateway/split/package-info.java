/**
 * Body to rows, without re-serialising them. The doors are {@link io.spanlake.gateway.split.RowSplitter} for a body in
 * memory and {@link io.spanlake.gateway.split.RowWindow} for one that is read piece by piece.
 *
 * <p>One walk over the bytes: {@code JsonCursor} proves that they are JSON in strict UTF-8, {@code RowReader} takes the
 * fields that place a row on the way, {@code BodyReader} finds the rows. Nothing else is decoded. Not built on a JSON
 * library: those refuse lone surrogates in keys, which are JSON and are sent.
 */
@NullMarked
package io.spanlake.gateway.split;

import org.jspecify.annotations.NullMarked;
