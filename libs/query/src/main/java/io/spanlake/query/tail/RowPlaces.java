package io.spanlake.query.tail;

import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.part.PartPlace;
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

    /** A row that lies in a part alone. */
    public static RowPlaces ofPart(PartPlace place) {
        var key = place.key();
        var state = StatePlace.ofPart(new Source.Part(place.part()), key.ordinal(), key.last());
        return new RowPlaces(key.rowId(), place.position(), List.of(state), place.bytes());
    }
}
