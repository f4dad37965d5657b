/**
 * What there is to do: objects whose tail is due, blobs that nothing needs any more, how long projects keep their rows.
 *
 * <p>May import: the catalog's root package, model, Reactor, R2DBC. Ports: {@link
 * io.spanlake.catalog.work.CompactionWork}, {@link io.spanlake.catalog.work.Sweeps}, {@link
 * io.spanlake.catalog.work.Retentions}.
 */
@NullMarked
package io.spanlake.catalog.work;

import org.jspecify.annotations.NullMarked;
