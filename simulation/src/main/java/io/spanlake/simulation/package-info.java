/**
 * All services of the data path, two of each, on one logical thread in virtual time. A seed is a history: what is written,
 * what fails, who dies, who goes on when. Read {@link io.spanlake.simulation.Simulation} first.
 */
@NullMarked
package io.spanlake.simulation;

import org.jspecify.annotations.NullMarked;
