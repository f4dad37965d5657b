/**
 * What the two Lucene pieces of a part share: how one segment is written into a folder, and how its files are read where
 * they lie, inside a blob.
 *
 * <p>May import: Lucene, the blob store, model. May be imported by: the packages of parts; whoever opens a part.
 */
@NullMarked
package io.spanlake.storage.part.lucene;

import org.jspecify.annotations.NullMarked;
