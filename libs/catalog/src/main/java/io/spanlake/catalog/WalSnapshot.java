package io.spanlake.catalog;

import io.spanlake.model.TransactionId;
import java.util.List;
import java.util.Map;

/**
 * One consistent reading of the catalog for one object.
 *
 * @param positions every partition, by number
 * @param sections  those of the object past the positions that were known, in order of partition and offset
 * @param gaps      of the partitions that this object may use
 * @param closed    everything before this transaction is in the log, and nothing more will come
 */
public record WalSnapshot(
        Map<Integer, WalPosition> positions, List<SectionRef> sections, List<Gap> gaps, TransactionId closed) {
    public WalSnapshot {
        positions = Map.copyOf(positions);
        sections = List.copyOf(sections);
        gaps = List.copyOf(gaps);
    }
}
