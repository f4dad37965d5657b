package io.spanlake.wal.collect;

import io.spanlake.catalog.FlushedRange;
import io.spanlake.wal.Claim;
import java.time.Duration;
import java.time.Instant;

/**
 * The records of one partition in a flush: offsets from {@code first} up to, but not including, {@code next}.
 *
 * @param oldestAppend append time of the first record
 * @param latestAppend append time of the last record
 * @param bytes        what they count in the buffer
 */
public record TakenRange(Claim claim, long first, long next, Instant oldestAppend, Instant latestAppend, long bytes) {
    /**
     * As the catalog takes it.
     *
     * @param clocksDiffer by how much the clock of a partition's next leader may be behind that of this one: what it
     *                     appends then bears an earlier time than what is read already, and counts all the same
     */
    public FlushedRange toFlushedRange(Duration clocksDiffer) {
        var readUntil = latestAppend.minus(clocksDiffer);
        return new FlushedRange(claim.partition(), claim.incarnation(), first, next, claim.epoch(), readUntil);
    }
}
