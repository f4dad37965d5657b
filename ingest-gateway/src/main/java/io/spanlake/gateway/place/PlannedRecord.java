package io.spanlake.gateway.place;

import java.util.List;

/**
 * Rows that travel together.
 *
 * @param rows  indexes into the placed rows
 * @param bytes of the record, about: never less than it will have
 */
public record PlannedRecord(int partition, List<Integer> rows, int bytes) {
    public PlannedRecord {
        rows = List.copyOf(rows);
    }
}
