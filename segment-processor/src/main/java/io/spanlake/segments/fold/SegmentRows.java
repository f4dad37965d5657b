package io.spanlake.segments.fold;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.row.RowState;
import java.util.List;
import java.util.UUID;

/**
 * What a cut has of one segment.
 *
 * @param rows each row once, of objects that keep versions once for each transaction; the rows of a trace side by side, traces and the rows in them as they came
 */
public record SegmentRows(UUID segment, ObjectRef object, List<RowState> rows) {
    public SegmentRows {
        rows = List.copyOf(rows);
    }
}
