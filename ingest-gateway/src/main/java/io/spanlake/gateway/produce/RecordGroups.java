package io.spanlake.gateway.produce;

import io.spanlake.gateway.place.PlannedRecord;
import io.spanlake.model.envelope.Envelope;
import java.util.ArrayList;
import java.util.List;

/**
 * Which records of a request wait, are built and are sent together: as many as make the bytes of one full record. A request
 * is mostly one group, and so one wait and one change of threads instead of one a partition.
 */
final class RecordGroups {
    private RecordGroups() {}

    /** In order; a record that is larger than a full one is alone. */
    static List<List<PlannedRecord>> of(List<PlannedRecord> records) {
        var groups = new ArrayList<List<PlannedRecord>>();
        var group = new ArrayList<PlannedRecord>();
        long bytes = 0;
        for (var record : records) {
            if (!group.isEmpty() && bytes + record.bytes() > Envelope.RECORD_BYTES_TARGET) {
                groups.add(List.copyOf(group));
                group.clear();
                bytes = 0;
            }
            group.add(record);
            bytes += record.bytes();
        }
        groups.add(List.copyOf(group));
        return groups;
    }

    static long bytes(List<PlannedRecord> group) {
        return group.stream().mapToLong(PlannedRecord::bytes).sum();
    }
}
