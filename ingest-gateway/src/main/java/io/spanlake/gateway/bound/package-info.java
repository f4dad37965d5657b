/**
 * Bounds on bytes: what waits for them waits in order, for a while, and then is refused.
 *
 * <p>May import: refuse, Reactor. May be imported by: all of the gateway.
 */
@NullMarked
package io.spanlake.gateway.bound;

import org.jspecify.annotations.NullMarked;
