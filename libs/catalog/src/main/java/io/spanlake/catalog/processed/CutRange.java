package io.spanlake.catalog.processed;

import io.spanlake.catalog.Balance;

/**
 * A cut: everything of {@code [first, next)} of one partition, processed.
 *
 * @param epoch   of the processor, from its claim
 * @param balance {@code in} over the WAL sections of the range, {@code live} over the processed sections of the range,
 *                {@code dropped} over what could not be read
 */
public record CutRange(int partition, int incarnation, long first, long next, long epoch, Balance balance) {
    public CutRange {
        if (partition < 0 || first < 0) {
            throw new IllegalArgumentException("negative: partition " + partition + ", first " + first);
        }
        if (next <= first) {
            throw new IllegalArgumentException("empty range [%d, %d)".formatted(first, next));
        }
    }
}
