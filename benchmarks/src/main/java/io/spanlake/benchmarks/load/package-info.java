/** Sends requests and measures: as fast as they are taken, or by a schedule that does not wait for answers. */
@NullMarked
package io.spanlake.benchmarks.load;

import org.jspecify.annotations.NullMarked;
