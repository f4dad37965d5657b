package io.spanlake.gateway.produce;

import io.spanlake.gateway.place.PlacedRows;
import io.spanlake.gateway.place.PlannedRecord;
import io.spanlake.gateway.xact.TransactionRange;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.envelope.EnvelopeWriter;
import java.util.List;

/**
 * Rows with the transactions they were given: the first range for the first rows, and so on.
 *
 * @param ranges all but the last are full
 */
record StampedRows(PlacedRows placed, List<TransactionRange> ranges) {
    StampedRows {
        ranges = List.copyOf(ranges);
    }

    List<BuiltRecord> records(List<PlannedRecord> planned) {
        return planned.stream().map(this::record).toList();
    }

    private BuiltRecord record(PlannedRecord record) {
        var envelope = new EnvelopeWriter(placed.organization());
        for (int row : record.rows()) {
            envelope.add(placed.rows().get(row).stamped(stamp(row)));
        }
        return new BuiltRecord(record.partition(), oldest(record), envelope.toRecord());
    }

    /** Rows of a record are in the order of the request, and so are their transactions. */
    private TransactionId oldest(PlannedRecord record) {
        return stamp(record.rows().getFirst()).transaction();
    }

    private Stamp stamp(int row) {
        return ranges.get(row / TransactionRange.ROWS_MAX).stamp(row % TransactionRange.ROWS_MAX);
    }
}
