/** All stages of rival streamers on one thread, over models of the log, the store and the catalog. */
@NullMarked
package io.spanlake.segments.sim;

import org.jspecify.annotations.NullMarked;
