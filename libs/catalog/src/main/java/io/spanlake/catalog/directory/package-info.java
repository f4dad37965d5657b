/**
 * Copies of the directory for the blob store, so that names and hashes of keys outlive the database (docs/formats/directory.md).
 *
 * <p>May import: the catalog's root package, model, Reactor, R2DBC. Port: {@link
 * io.spanlake.catalog.directory.DirectoryCopies}.
 */
@NullMarked
package io.spanlake.catalog.directory;

import org.jspecify.annotations.NullMarked;
