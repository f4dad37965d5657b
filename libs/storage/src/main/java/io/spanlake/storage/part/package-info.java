/**
 * The indexed part: whole rows of one object in trace order, with all that finds them. Layout: docs/formats/part.md.
 *
 * <p>{@link io.spanlake.storage.part.PartWriter} makes one on local disk, {@link io.spanlake.storage.part.PartBlobs} opens
 * one by a single ranged read, {@link io.spanlake.storage.part.PartReader} answers from it. A row's ordinal is its place
 * in every piece: in the rows, as a document of the index, as a row of the columns.
 */
@NullMarked
package io.spanlake.storage.part;

import org.jspecify.annotations.NullMarked;
