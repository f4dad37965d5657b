/**
 * Placed rows to acknowledged Kafka records. The door is {@link io.spanlake.gateway.produce.RecordProducer}.
 *
 * <p>1. Each group of records waits for its share of the bytes that may be on their way; one that waits too long is 429.
 * 2. The transaction is drawn when the first group has its share, so that an id is young when it is sent. 3. Records are
 * built and handed to the producer on threads that may block. 4. The bytes are given back when Kafka answers, not when the
 * client leaves.
 */
@NullMarked
package io.spanlake.gateway.produce;

import org.jspecify.annotations.NullMarked;
