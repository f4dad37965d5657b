package io.spanlake.query.tail;

import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import java.util.List;
import java.util.Optional;

/**
 * The folded tail of one object at one snapshot. Only valid while it is being asked: whoever asks takes along what it
 * wants, as values. Only visible rows are named: no deleted ones, and no patch whose row may still come.
 */
public interface Tail {
    TailState state();

    TailCounts counts();

    Optional<RowPlaces> row(String rowId);

    /** Rows of the trace, oldest first; of a row without trace, named by its row id, that row. */
    List<RowPlaces> trace(String traceId);

    /** @param after the page begins behind it; absent for the first page */
    RowPage page(RowDirection direction, Optional<RowPosition> after, PageLimits limits);
}
