/**
 * Threads of work that others go before.
 *
 * <p>May import: the JDK and Reactor; no other package of ours.
 */
@NullMarked
package io.spanlake.service.threads;

import org.jspecify.annotations.NullMarked;
