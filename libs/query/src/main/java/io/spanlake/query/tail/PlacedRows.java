package io.spanlake.query.tail;

import java.util.List;
import java.util.Map;

/** Rows of a tail, oldest first. */
public interface PlacedRows extends List<RowPlaces> {
    /** How many rows have their newest state in each of the sources. */
    Map<Source, Long> countBySource();

    /** The same, those side by side whose newest states lie in one frame: whoever reads all of them reads each once. */
    List<RowPlaces> byPlace();

    LatestFirst latestFirst();
}
