package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.row.RowState;
import io.spanlake.model.row.RowTrace;
import java.util.List;

/**
 * What the pieces of a part say of a row that its own JSON does not say.
 *
 * @param first       the oldest write since the last delete: the row's arrival and its place in pages
 * @param last        the newest write
 * @param stamps      the writes that the row remembers, oldest first
 * @param trace       its span id, the root's, whether it is the root, and when it was created
 * @param startMicros when it began, in microseconds since 1970: {@code metrics.start} where that is a time, or else
 *                    arrival. Orders the rows of a trace; readers go by the row
 */
public record RowFacts(Stamp first, Stamp last, List<Stamp> stamps, RowTrace trace, long startMicros) {
    public RowFacts {
        stamps = List.copyOf(stamps);
        if (stamps.isEmpty()) {
            throw new IllegalArgumentException("a row of no write");
        }
    }

    static RowFacts of(RowState state, ByteSlice json) {
        long startMicros = StartTime.microsOf(json).orElseGet(() -> StartTime.microsOf(state.first()));
        return new RowFacts(state.first(), state.last(), state.stamps(), RowTrace.of(state), startMicros);
    }
}
