package io.spanlake.query.tail;

import io.spanlake.query.cursor.RowPosition;
import java.util.List;

/**
 * A visible row.
 *
 * @param states where they lie, at least one, in any order
 * @param bytes  of the JSON of all its writes: about what the row has when it is folded, seldom less
 */
public record RowPlaces(String rowId, RowPosition position, List<StatePlace> states, long bytes) {
    public RowPlaces {
        states = List.copyOf(states);
    }
}
