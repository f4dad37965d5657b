/**
 * What is published of an object: its parts, its tail, how both are swapped, and how they are read in one statement.
 *
 * <p>May import: the catalog's root package, {@code processed}, model, Reactor, R2DBC. Ports: {@link
 * io.spanlake.catalog.parts.ObjectSnapshots}, {@link io.spanlake.catalog.parts.Swaps}.
 */
@NullMarked
package io.spanlake.catalog.parts;

import org.jspecify.annotations.NullMarked;
