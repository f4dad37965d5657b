package io.spanlake.wal.receive;

import java.util.Optional;

/**
 * Compares where the catalog is with what the broker has. A fault stops the partition: going on would leave out
 * acknowledged writes in silence. Pure.
 */
final class OffsetCheck {
    private OffsetCheck() {}

    /**
     * Before the first read under a claim.
     *
     * @param recorded first offset that is not in the write-ahead log
     * @param first    first offset that the broker still has
     * @param next     offset of the record that it will append next
     */
    static Optional<String> beforeReading(long recorded, long first, long next) {
        if (recorded < first) {
            return Optional.of(
                    "the broker has removed records that were not in the write-ahead log: [%d, %d) are missing, it begins at %d"
                            .formatted(recorded, first, first));
        }
        if (recorded > next) {
            return Optional.of(
                    "the log was cut off or made anew: the write-ahead log is at offset %d, the broker's log ends at %d"
                            .formatted(recorded, next));
        }
        return Optional.empty();
    }

    /** Between two records: topic {@code writes} has neither transactions nor compaction, so offsets have no holes. */
    static Optional<String> betweenRecords(long expected, long received) {
        return expected == received
                ? Optional.empty()
                : Optional.of("records are missing: offset %d was expected, %d was read".formatted(expected, received));
    }
}
