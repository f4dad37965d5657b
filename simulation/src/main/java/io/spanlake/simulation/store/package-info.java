/** The blob store as a model. */
@NullMarked
package io.spanlake.simulation.store;

import org.jspecify.annotations.NullMarked;
