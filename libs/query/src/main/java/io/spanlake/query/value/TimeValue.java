package io.spanlake.query.value;

import java.time.Instant;

/**
 * A point in time.
 *
 * @param text as it was sent, or ISO-8601 in UTC
 */
public record TimeValue(Instant instant, String text) implements Value {
    public static TimeValue of(Instant instant) {
        return new TimeValue(instant, instant.toString());
    }
}
