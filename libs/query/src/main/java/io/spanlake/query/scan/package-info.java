/**
 * What a query reads of an object: rows of one snapshot, from the tail and from parts, of which indexes, filters and statistics
 * have left out what cannot be an answer. Door: {@link io.spanlake.query.scan.ObjectScans}.
 */
@NullMarked
package io.spanlake.query.scan;

import org.jspecify.annotations.NullMarked;
