package io.spanlake.query.tail;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Rows of a tail, oldest first. */
public interface PlacedRows extends List<RowPlaces> {
    /** How many rows have their newest state in each of the sources. */
    Map<Source, Long> countBySource();

    /** The same, those side by side whose newest states lie in one frame: whoever reads all of them reads each once. */
    PickedRows byPlace();

    /** The same as they are. */
    PickedRows inOrder();

    /** Of them those with one of the ids, and those of which a write named one of the traces; the others cannot be of these. */
    PlacedRows named(Collection<String> rowIds, Collection<String> traceIds);

    LatestFirst latestFirst();
}
