/** Virtual time, and processes that take turns in it: one logical thread, so that a seed is a history. */
@NullMarked
package io.spanlake.simulation.time;

import org.jspecify.annotations.NullMarked;
