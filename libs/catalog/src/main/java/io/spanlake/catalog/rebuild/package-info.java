/**
 * A catalog that was lost, made again: what counts is decided from facts about blobs, purely, and written into empty tables.
 *
 * <p>May import: the catalog's other packages, model, Reactor, R2DBC. Whoever reads the blobs stands outside.
 */
@NullMarked
package io.spanlake.catalog.rebuild;

import org.jspecify.annotations.NullMarked;
