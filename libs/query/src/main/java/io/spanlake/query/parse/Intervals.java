package io.spanlake.query.parse;

import io.spanlake.query.value.IntervalValue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code 7 day}, {@code '15' minutes}, {@code '7 days'}, {@code '1 day 2 hours'}. */
final class Intervals {
    private static final List<String> UNITS = List.of(
            "year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond", "microsecond");

    private Intervals() {}

    static IntervalValue of(String amount, Optional<String> unit, Place place) {
        var words = (amount + unit.map(u -> " " + u).orElse("")).strip().split("\\s+", -1);
        if (words.length % 2 != 0) {
            throw fault("an interval is a whole number and a unit, as in interval 7 day", place)
                    .exception();
        }
        var sum = new IntervalValue(0, Duration.ZERO);
        for (int i = 0; i < words.length; i += 2) {
            sum = sum(sum, of(number(words[i], place), words[i + 1], place), place);
        }
        return sum;
    }

    private static IntervalValue sum(IntervalValue a, IntervalValue b, Place place) {
        try {
            return new IntervalValue(
                    Math.addExact(a.months(), b.months()), a.duration().plus(b.duration()));
        } catch (ArithmeticException e) {
            throw fault("an interval that is longer than any time", place).exception();
        }
    }

    private static long number(String text, Place place) {
        try {
            long number = Long.parseLong(text);
            if (Math.abs(number) <= 1_000_000_000_000L) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw fault("an interval has a whole number up to 10^12, not " + text, place)
                .exception();
    }

    static IntervalValue of(long number, String unit, Place place) {
        var one = unit.toLowerCase(Locale.ROOT);
        one = one.endsWith("s") ? one.substring(0, one.length() - 1) : one;
        return switch (one) {
            case "year" -> new IntervalValue(12 * number, Duration.ZERO);
            case "quarter" -> new IntervalValue(3 * number, Duration.ZERO);
            case "month" -> new IntervalValue(number, Duration.ZERO);
            case "week" -> clock(Duration.ofDays(7), number);
            case "day" -> clock(Duration.ofDays(1), number);
            case "hour" -> clock(Duration.ofHours(1), number);
            case "minute" -> clock(Duration.ofMinutes(1), number);
            case "second" -> clock(Duration.ofSeconds(1), number);
            case "millisecond" -> clock(Duration.ofMillis(1), number);
            case "microsecond" -> clock(Duration.ofNanos(1_000), number);
            default ->
                throw fault("unknown unit of time " + unit, place)
                        .withHint(Nearest.hint(unit, UNITS).orElse("units are " + String.join(", ", UNITS)))
                        .exception();
        };
    }

    private static IntervalValue clock(Duration unit, long number) {
        try {
            return new IntervalValue(0, unit.multipliedBy(number));
        } catch (ArithmeticException e) {
            return new IntervalValue(0, Duration.ofSeconds(Long.MAX_VALUE >> 8));
        }
    }

    private static QueryFault fault(String message, Place place) {
        return QueryFault.of(QueryFault.Kind.PARSE, message, place);
    }
}
