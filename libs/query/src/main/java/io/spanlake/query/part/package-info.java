/**
 * Indexed parts as reads see them: opened, without the rows that are dead or that the tail has anew.
 *
 * <p>May import: model, blobstore, storage, catalog, Reactor. Doors: {@link io.spanlake.query.part.OpenParts}, {@link
 * io.spanlake.query.part.PartReads}, {@link io.spanlake.query.part.PartStretches}.
 */
@NullMarked
package io.spanlake.query.part;

import org.jspecify.annotations.NullMarked;
