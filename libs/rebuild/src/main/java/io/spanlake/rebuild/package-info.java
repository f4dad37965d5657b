/**
 * A lost catalog, made again from the blobs.
 *
 * <p>May import: model, blobstore, storage, catalog, Reactor. May be imported by: what runs the command.
 */
@NullMarked
package io.spanlake.rebuild;

import org.jspecify.annotations.NullMarked;
