/**
 * Rows to writes: ids, kinds, partitions, records. Pure, but for {@link io.spanlake.gateway.place.Widths}, which remembers
 * and widens objects. The door is {@link io.spanlake.gateway.place.RowPlacer}.
 */
@NullMarked
package io.spanlake.gateway.place;

import org.jspecify.annotations.NullMarked;
