/** Reads of one large trace, as the tree of the UI makes them. */
@NullMarked
package io.spanlake.benchmarks.trace;

import org.jspecify.annotations.NullMarked;
