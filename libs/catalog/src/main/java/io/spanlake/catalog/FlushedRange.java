package io.spanlake.catalog;

import java.time.Instant;

/**
 * The writes of one partition from {@code first} up to, but not including, {@code next}, which a flush has made durable.
 * A range may hold no write at all (all of it skipped): the offset moves all the same.
 *
 * @param appendTime the latest time, by the broker's clock, that is known to be read up to in this partition
 */
public record FlushedRange(int partition, int incarnation, long first, long next, long epoch, Instant appendTime) {
    public FlushedRange {
        if (partition < 0 || first < 0) {
            throw new IllegalArgumentException("negative: partition " + partition + ", first " + first);
        }
        if (next <= first) {
            throw new IllegalArgumentException("empty range [%d, %d)".formatted(first, next));
        }
    }
}
