package io.spanlake.gateway.produce;

import io.spanlake.gateway.place.PlacedRows;
import io.spanlake.gateway.place.PlannedRecord;
import io.spanlake.gateway.xact.TransactionRange;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import java.util.ArrayList;
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

    OrganizationId organization() {
        return placed.organization();
    }

    /** Rows of a record are in the order of the request, and so are their transactions. */
    List<Write> writes(PlannedRecord record) {
        var writes = new ArrayList<Write>(record.rows().size());
        for (int row : record.rows()) {
            writes.add(placed.rows().get(row).stamped(stamp(row)));
        }
        return writes;
    }

    private Stamp stamp(int row) {
        return ranges.get(row / TransactionRange.ROWS_MAX).stamp(row % TransactionRange.ROWS_MAX);
    }
}
