package io.spanlake.storage.part;

import io.spanlake.model.Stamp;
import java.util.List;
import java.util.Optional;

/**
 * What names a row of a part, without the row.
 *
 * @param ordinal place of the row in the part, from 0
 * @param traceId empty where the row is a trace of its own
 * @param first   the oldest write since the last delete
 * @param last    the newest write
 * @param stamps  the writes that the row remembers, oldest first
 */
public record PartKey(
        int ordinal, String rowId, Optional<String> traceId, Stamp first, Stamp last, List<Stamp> stamps) {
    public PartKey {
        stamps = List.copyOf(stamps);
    }

    /** As {@link PartRow#traceKey}. */
    public String traceKey() {
        return traceId.orElse(rowId);
    }
}
