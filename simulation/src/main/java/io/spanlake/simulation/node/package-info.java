/** The services as processes of the simulation: real ones, over models of their neighbours. */
@NullMarked
package io.spanlake.simulation.node;

import org.jspecify.annotations.NullMarked;
