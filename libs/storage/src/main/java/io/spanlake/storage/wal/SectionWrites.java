package io.spanlake.storage.wal;

import io.spanlake.model.Write;
import java.util.List;

/**
 * What a flush takes from one partition.
 *
 * @param partition   partition of the topic {@code writes}, from 0
 * @param incarnation of the partition's log, from 1
 * @param first       Kafka offset of the first record, inclusive
 * @param next        Kafka offset after the last
 * @param writes      of one organization, in any order; may be empty. Not copied: leave it alone from here on
 * @param packed      further writes of it, in blocks that are copied as they are; not copied either
 */
public record SectionWrites(
        int partition, int incarnation, long first, long next, List<Write> writes, List<PackedBlock> packed) {
    public SectionWrites {
        if (partition < 0 || incarnation < 0 || first < 0 || next <= first) {
            throw new IllegalArgumentException("not a range: partition %d, incarnation %d, [%d, %d)"
                    .formatted(partition, incarnation, first, next));
        }
    }

    public SectionWrites(int partition, int incarnation, long first, long next, List<Write> writes) {
        this(partition, incarnation, first, next, writes, List.of());
    }

    /** Of all its writes. */
    long count() {
        return writes.size()
                + packed.stream().mapToLong(block -> block.writes().size()).sum();
    }
}
