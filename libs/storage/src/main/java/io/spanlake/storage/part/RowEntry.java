package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import java.util.Optional;

/**
 * What the keys of a group say of one row.
 *
 * @param arrival which of the header's stamps is the row's arrival
 * @param header  of the stored row
 */
record RowEntry(String rowId, Optional<String> traceId, int arrival, ByteSlice header) {
    static RowEntry of(PartRow row) {
        int arrival = row.facts().stamps().indexOf(row.facts().first());
        if (arrival < 0) {
            throw new IllegalArgumentException("a row whose arrival is none of its writes");
        }
        return new RowEntry(row.rowId(), row.traceId(), arrival, row.stored().header());
    }

    String traceKey() {
        return traceId.orElse(rowId);
    }
}
