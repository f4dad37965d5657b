package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.json.JsonObjectFields;
import java.util.Optional;

/** When a row began, as far as an order needs to know it. */
final class StartTime {
    private static final double MICROS_PER_SECOND = 1e6;

    /** Within the years 1 to 9999; beyond it a number is no time. */
    private static final double SECONDS_MIN = -62_135_596_800d;

    private static final double SECONDS_MAX = 253_402_300_800d;

    private StartTime() {}

    /** {@code metrics.start} in seconds; empty where it is absent or no time. */
    static Optional<Long> microsOf(ByteSlice json) {
        return JsonObjectFields.valueOf(json, "metrics")
                .filter(metrics -> metrics.at(0) == '{')
                .flatMap(metrics -> JsonObjectFields.valueOf(metrics, "start"))
                .filter(start -> isDigit(start.at(start.at(0) == '-' ? 1 : 0)))
                .map(start -> Double.parseDouble(start.toUtf8()))
                .filter(seconds -> seconds >= SECONDS_MIN && seconds < SECONDS_MAX)
                .map(seconds -> Math.round(seconds * MICROS_PER_SECOND));
    }

    static long microsOf(Stamp arrival) {
        return arrival.transaction().unixSeconds() * 1_000_000;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
