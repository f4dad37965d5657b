package io.spanlake.gateway.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.gateway.place.PlannedRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordGroupsTest {
    private static final int FULL = 1 << 20;

    private static PlannedRecord record(int partition, int bytes) {
        return new PlannedRecord(partition, List.of(partition), bytes);
    }

    @Test
    void smallRecordsOfARequestAreOneGroup() {
        var records = List.of(record(0, 34_000), record(1, 33_000), record(2, 35_000), record(3, 33_000));

        assertThat(RecordGroups.of(records)).containsExactly(records);
    }

    @Test
    void aGroupHasNoMoreThanAFullRecordSoThatABigRequestLeavesTurnsToOthers() {
        var records = List.of(record(0, FULL - 10), record(1, 20), record(2, FULL - 20), record(3, 1));

        assertThat(RecordGroups.of(records))
                .containsExactly(records.subList(0, 1), records.subList(1, 3), records.subList(3, 4));
    }

    @Test
    void aRecordLargerThanFullIsAlone() {
        var records = List.of(record(0, 1), record(1, 16 * FULL), record(2, 1));

        assertThat(RecordGroups.of(records)).hasSize(3);
        assertThat(RecordGroups.bytes(RecordGroups.of(records).get(1))).isEqualTo(16L * FULL);
    }
}
