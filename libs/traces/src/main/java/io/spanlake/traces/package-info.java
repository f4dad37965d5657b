/**
 * A seeded generator of agent conversations as spans: for the demo, for tests and for load.
 *
 * <p>May import: the JDK, model. Never on the way of a user's span.
 */
@NullMarked
package io.spanlake.traces;

import org.jspecify.annotations.NullMarked;
