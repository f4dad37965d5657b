package io.spanlake.gateway.produce;

import io.spanlake.model.AppendTimeRule;
import io.spanlake.model.TransactionId;

/**
 * A record that is ready to be sent.
 *
 * @param oldest smallest transaction of its rows
 * @param bytes  an envelope; nobody else has it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares records, and a copy would be one more a row
record BuiltRecord(int partition, TransactionId oldest, byte[] bytes) {
    /** @param appendTimeMs as Kafka gave it, unix milliseconds */
    boolean counts(long appendTimeMs) {
        return AppendTimeRule.counts(oldest, appendTimeMs);
    }
}
