/**
 * Kafka → which partitions are ours, and in which something happened. The door is {@link
 * io.spanlake.segments.wake.Ownership}; {@link io.spanlake.segments.wake.WakeStreams} fills it.
 */
@NullMarked
package io.spanlake.segments.wake;

import org.jspecify.annotations.NullMarked;
