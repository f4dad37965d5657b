package io.spanlake.query.browse;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.read.Freshness;
import java.time.Instant;

/** What happens in a stream of new rows. Whoever comes back with a cursor misses nothing behind it, but may see rows again. */
public sealed interface LiveEvent {
    String cursor();

    /** A row is new, or has changed within half a minute of its first write. */
    record Row(String cursor, ByteSlice json) implements LiveEvent {}

    /** All rows of the snapshot were looked at. */
    record CaughtUp(String cursor, Freshness freshness) implements LiveEvent {}

    /** The reader is too far behind: rows of the time between are left out, to be found in lists. */
    record Skipped(String cursor, Instant from, Instant before) implements LiveEvent {}
}
