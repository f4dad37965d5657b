/** What must hold after every step, computed a second, naive way from the log, the tables and the blobs. */
@NullMarked
package io.spanlake.simulation.check;

import org.jspecify.annotations.NullMarked;
