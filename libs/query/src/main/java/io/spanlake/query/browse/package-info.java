/**
 * What a UI asks of an object beside its rows: lists with filter, search and sort, facets, completion of values, histograms,
 * counts, and rows as they come. Each takes a bounded amount of work and says whether that was enough. Door: {@link
 * io.spanlake.query.browse.Browse}.
 */
@NullMarked
package io.spanlake.query.browse;

import org.jspecify.annotations.NullMarked;
