package io.spanlake.wal.collect;

import io.spanlake.catalog.FlushedRange;
import io.spanlake.wal.Claim;
import java.time.Instant;

/**
 * The records of one partition in a flush: offsets from {@code first} up to, but not including, {@code next}.
 *
 * @param oldestAppend append time of the first record
 * @param latestAppend append time of the last record: all before it is read
 * @param bytes        what they count in the buffer
 */
public record TakenRange(Claim claim, long first, long next, Instant oldestAppend, Instant latestAppend, long bytes) {
    public FlushedRange toFlushedRange() {
        return new FlushedRange(claim.partition(), claim.incarnation(), first, next, claim.epoch(), latestAppend);
    }
}
