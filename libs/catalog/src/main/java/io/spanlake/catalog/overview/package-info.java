/**
 * How much there is of what, and what waits: for operators and meters.
 *
 * <p>May import: the catalog's root package, model, Reactor, R2DBC. Port: {@link io.spanlake.catalog.overview.Overview}.
 */
@NullMarked
package io.spanlake.catalog.overview;

import org.jspecify.annotations.NullMarked;
