package io.spanlake.gateway.place;

import io.spanlake.model.OrganizationId;
import java.util.List;

/**
 * A request that is ready to be stamped and sent.
 *
 * @param ids of the rows themselves, for the answer; of a comment its own, not that of the row it is about
 */
public record PlacedRows(
        OrganizationId organization, List<String> ids, List<PlacedRow> rows, List<PlannedRecord> records) {
    public PlacedRows {
        ids = List.copyOf(ids);
        rows = List.copyOf(rows);
        records = List.copyOf(records);
    }
}
