/** Writes → row states by segment and trace. CPU work, no I/O. The door is {@link io.spanlake.segments.fold.CutFolder}. */
@NullMarked
package io.spanlake.segments.fold;

import org.jspecify.annotations.NullMarked;
