package io.spanlake.query.tail;

import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.part.VisiblePart;
import java.util.List;
import java.util.Optional;

/**
 * The folded tail of one object at one snapshot. Only valid while it is being asked: whoever asks takes along what it
 * wants. Only visible rows are named: no deleted ones, and no patch whose row may still come.
 */
public interface Tail {
    TailState state();

    /** All live parts, without the rows that the tail has anew. */
    List<VisiblePart> parts();

    TailCounts counts();

    /** {@code Placement.hash} of each trace that has a visible row here. */
    long[] traceHashes();

    /** Whether anything of the row stands here: then it is shown from here, or not at all. */
    boolean knows(String rowId);

    Optional<RowPlaces> row(String rowId);

    /** Rows of the trace, oldest first; a row that names none is the trace that is called as it is. */
    List<RowPlaces> trace(String traceId);

    /** All rows; they stay what they are when the tail is no more. */
    PlacedRows all();

    /** @param after the page begins behind it; absent for the first page */
    RowPage page(RowDirection direction, Optional<RowPosition> after, PageLimits limits);
}
