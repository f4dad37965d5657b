package io.spanlake.query.value;

import java.time.Duration;

/** A span of time: months go by the calendar, all else by the clock. */
public record IntervalValue(long months, Duration duration) implements Value {
    /** ISO-8601, as {@code P1MT2H}. */
    public String text() {
        if (months == 0) {
            return duration.toString();
        }
        var time = duration.isZero() ? "" : duration.toString().substring(1);
        return "P" + months + "M" + time;
    }
}
