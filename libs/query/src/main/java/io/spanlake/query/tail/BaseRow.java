package io.spanlake.query.tail;

import io.spanlake.model.row.RowWrite;
import io.spanlake.query.part.OpenPart;
import java.util.List;

/**
 * The row of a part that a row of the tail goes on from.
 *
 * @param writes that it remembers
 * @param bytes  of its JSON, about
 */
record BaseRow(String rowId, OpenPart part, int ordinal, List<RowWrite> writes, int bytes) {
    BaseRow {
        writes = List.copyOf(writes);
    }
}
