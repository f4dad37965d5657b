/** Trace → segment. Pure. The door is {@link io.spanlake.segments.place.SegmentAssigner}. */
@NullMarked
package io.spanlake.segments.place;

import org.jspecify.annotations.NullMarked;
