package io.spanlake.catalog.parts;

import io.spanlake.model.TransactionId;
import java.time.Instant;
import java.util.Optional;

/**
 * Between which times the rows of a part lie.
 *
 * @param oldestFirst smallest first transaction of a row: of arrival, by which segments and retention go
 * @param newestFirst largest first transaction
 * @param newestLast  largest transaction of any write in it
 * @param startMin    earliest start time that a client gave; absent where no row has one
 * @param startMax    latest
 */
public record PartTimes(
        TransactionId oldestFirst,
        TransactionId newestFirst,
        TransactionId newestLast,
        Optional<Instant> startMin,
        Optional<Instant> startMax) {
    public PartTimes {
        if (oldestFirst.compareTo(newestFirst) > 0 || newestFirst.compareTo(newestLast) > 0) {
            throw new IllegalArgumentException(
                    "not in order: oldest %s, newest %s, last %s".formatted(oldestFirst, newestFirst, newestLast));
        }
    }
}
