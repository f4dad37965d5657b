package io.spanlake.storage.part.columns;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/**
 * Instants as a column stores them: microseconds since 1970. Earlier ones, and those from 2262 on, readers of ORC that count
 * nanoseconds in 64 bits would get wrong.
 */
final class ColumnTime {
    private static final Instant END = Instant.parse("2262-01-01T00:00:00Z");

    private ColumnTime() {}

    /** Of ISO 8601, as it is compared in queries: no zone is UTC, a date alone its midnight. Empty: not held exactly. */
    static OptionalLong parse(String text) {
        try {
            var instant = IsoInstant.parse(text);
            boolean held = !instant.isBefore(Instant.EPOCH)
                    && instant.isBefore(END)
                    && instant.truncatedTo(ChronoUnit.MICROS).equals(instant);
            return held ? OptionalLong.of(ChronoUnit.MICROS.between(Instant.EPOCH, instant)) : OptionalLong.empty();
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }
}
