/**
 * One incremental view of an object's tail, shared by all reads of the object: which rows there are, in which order, in
 * which trace, and where the bytes of their writes lie. The bytes themselves stay in the blobs.
 *
 * <p>May import: model, blobstore, storage, catalog, Reactor. Doors: {@link io.spanlake.query.tail.TailViews} and what a
 * {@link io.spanlake.query.tail.Tail} answers.
 */
@NullMarked
package io.spanlake.query.tail;

import org.jspecify.annotations.NullMarked;
