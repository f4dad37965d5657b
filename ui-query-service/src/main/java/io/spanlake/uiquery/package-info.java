/**
 * The service of the web UI's reads: few kinds, each of predictable cost, in a process and pools of their own.
 *
 * <p>Follow a request: {@link io.spanlake.uiquery.ReadRoutes}, then {@code answer}; what comes from Kafka is in {@code
 * follow}.
 */
@NullMarked
package io.spanlake.uiquery;

import org.jspecify.annotations.NullMarked;
