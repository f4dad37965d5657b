package io.spanlake.query.function;

import java.time.Instant;

/**
 * What is the same for all of a query.
 *
 * @param now                  what {@code now()} says
 * @param minutesWest of UTC: days begin at local midnight; 480 is US Pacific in winter
 */
public record QueryContext(Instant now, int minutesWest, PriceTable prices) {
    private static final int MINUTES_MAX = 18 * 60;

    public QueryContext {
        if (Math.abs(minutesWest) > MINUTES_MAX) {
            throw new IllegalArgumentException("tz_offset is -1080 to 1080 minutes, not " + minutesWest);
        }
    }
}
