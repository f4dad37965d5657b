/** The topic {@code writes} as a model: what was appended, and how a streamer and a gateway reach it. */
@NullMarked
package io.spanlake.simulation.log;

import org.jspecify.annotations.NullMarked;
