/**
 * Cuts: what the segment processor made of the write-ahead log, and up to where.
 *
 * <p>May import: the catalog's own root package, model, Reactor, R2DBC. The port is {@link
 * io.spanlake.catalog.processed.ProcessedCommits}.
 */
@NullMarked
package io.spanlake.catalog.processed;

import org.jspecify.annotations.NullMarked;
