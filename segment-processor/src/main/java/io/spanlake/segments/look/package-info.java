/** Catalog → the cut that is due. The door is {@link io.spanlake.segments.look.Lookout}. */
@NullMarked
package io.spanlake.segments.look;

import org.jspecify.annotations.NullMarked;
