package io.spanlake.storage.part.columns;

import io.spanlake.model.IsoTime;
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

    /** Empty where it is no time, or none that a column holds exactly. */
    static OptionalLong parse(String text) {
        var instant = IsoTime.parse(text).filter(ColumnTime::isHeld);
        return instant.isPresent()
                ? OptionalLong.of(ChronoUnit.MICROS.between(Instant.EPOCH, instant.get()))
                : OptionalLong.empty();
    }

    private static boolean isHeld(Instant instant) {
        return !instant.isBefore(Instant.EPOCH)
                && instant.isBefore(END)
                && instant.truncatedTo(ChronoUnit.MICROS).equals(instant);
    }
}
