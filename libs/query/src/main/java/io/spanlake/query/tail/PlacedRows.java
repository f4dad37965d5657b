package io.spanlake.query.tail;

import java.util.List;
import java.util.Map;

/** Rows of a tail, oldest first. */
public interface PlacedRows extends List<RowPlaces> {
    /** How many rows have their newest state in each of the sources. */
    Map<Source, Long> countBySource();

    LatestFirst latestFirst();
}
