/**
 * Placed rows to acknowledged Kafka records. The door is {@link io.spanlake.gateway.produce.RecordProducer}.
 *
 * <p>1. Each group of records waits for its share of the bytes that may be on their way; one that waits too long is 429.
 * 2. The transaction is drawn when the first group has its share, so that an id is young when it is sent. 3. The rows
 * go to the lanes of their partitions as parcels. 4. A lane gathers parcels of many requests, packs their rows into blocks,
 * hands these to Kafka and waits for all of them, on a thread of its own. 5. The bytes are given back when Kafka answers,
 * not when the client leaves.
 */
@NullMarked
package io.spanlake.gateway.produce;

import org.jspecify.annotations.NullMarked;
