/** Kafka → records: offsets, gaps, hand-over. The door is {@link io.spanlake.wal.receive.Log}. */
@NullMarked
package io.spanlake.wal.receive;

import org.jspecify.annotations.NullMarked;
