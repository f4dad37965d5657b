package io.spanlake.query.function;

import io.spanlake.query.value.IntervalValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.Value;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/** Points in time cut to units, of the clock at some minutes west of UTC. */
final class TimeUnits {
    private static final int MULTIPLE_MAX = 100_000_000;

    private TimeUnits() {}

    /** @param unit one of {@code second} to {@code year} */
    static Instant truncated(String unit, Instant instant, int minutesWest) {
        var west = Duration.ofMinutes(minutesWest);
        var local = LocalDateTime.ofInstant(instant.minus(west), ZoneOffset.UTC);
        var cut = switch (unit) {
            case "millisecond" -> local.truncatedTo(ChronoUnit.MILLIS);
            case "second" -> local.truncatedTo(ChronoUnit.SECONDS);
            case "minute" -> local.truncatedTo(ChronoUnit.MINUTES);
            case "hour" -> local.truncatedTo(ChronoUnit.HOURS);
            case "day" -> local.truncatedTo(ChronoUnit.DAYS);
            case "week" ->
                local.toLocalDate()
                        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                        .atStartOfDay();
            case "month" -> local.toLocalDate().withDayOfMonth(1).atStartOfDay();
            case "quarter" -> quarter(local.toLocalDate()).atStartOfDay();
            case "year" -> local.toLocalDate().withDayOfYear(1).atStartOfDay();
            default -> throw new IllegalArgumentException("unknown unit of time " + unit);
        };
        return cut.toInstant(ZoneOffset.UTC).plus(west);
    }

    private static LocalDate quarter(LocalDate date) {
        return date.with(IsoFields.DAY_OF_QUARTER, 1);
    }

    /**
     * To a unit, or to a multiple as {@code 15 minutes}, counted from 1970.
     *
     * @throws IllegalArgumentException where there is no such unit
     */
    static Instant bucket(String unit, Instant instant, int minutesWest) {
        var words = unit.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        if (words.length == 1) {
            return truncated(singular(words[0]), instant, minutesWest);
        }
        long seconds = multipleSeconds(words);
        long west = minutesWest * 60L;
        long local = instant.getEpochSecond() - west;
        return Instant.ofEpochSecond(Math.floorDiv(local, seconds) * seconds + west);
    }

    private static long multipleSeconds(String[] words) {
        long count =
                words.length == 2 && words[0].length() < 10 && words[0].chars().allMatch(Character::isDigit)
                        ? Long.parseLong(words[0])
                        : 0;
        if (count < 1 || count > MULTIPLE_MAX) {
            throw new IllegalArgumentException("date_trunc takes a unit, or a multiple such as '15 minutes'");
        }
        return count
                * switch (singular(words[1])) {
                    case "second" -> 1;
                    case "minute" -> 60;
                    case "hour" -> 3_600;
                    case "day" -> 86_400;
                    default ->
                        throw new IllegalArgumentException(
                                "date_trunc takes multiples of second, minute, hour and day, not of " + words[1]);
                };
    }

    static String singular(String unit) {
        return unit.length() > 1 && unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    }

    static Value interval(String text) {
        var words = text.toLowerCase(Locale.ROOT).split("\\s+", -1);
        if (words.length != 2 || !words[0].matches("-?[0-9]{1,12}")) {
            return NullValue.NULL;
        }
        long count = Long.parseLong(words[0]);
        return unit(singular(words[1]))
                .<Value>map(unit -> new IntervalValue(
                        Math.multiplyExact(unit.months(), count),
                        unit.duration().multipliedBy(count)))
                .orElse(NullValue.NULL);
    }

    private static Optional<IntervalValue> unit(String name) {
        return switch (name) {
            case "year" -> Optional.of(new IntervalValue(12, Duration.ZERO));
            case "month" -> Optional.of(new IntervalValue(1, Duration.ZERO));
            case "week" -> Optional.of(new IntervalValue(0, Duration.ofDays(7)));
            case "day" -> Optional.of(new IntervalValue(0, Duration.ofDays(1)));
            case "hour" -> Optional.of(new IntervalValue(0, Duration.ofHours(1)));
            case "minute" -> Optional.of(new IntervalValue(0, Duration.ofMinutes(1)));
            case "second" -> Optional.of(new IntervalValue(0, Duration.ofSeconds(1)));
            case "millisecond" -> Optional.of(new IntervalValue(0, Duration.ofMillis(1)));
            case "microsecond" -> Optional.of(new IntervalValue(0, Duration.ofNanos(1_000)));
            default -> Optional.empty();
        };
    }

    /** One number of a point in time. */
    static long part(String unit, LocalDateTime local) {
        return switch (singular(unit)) {
            case "year" -> local.getYear();
            case "quarter" -> local.get(IsoFields.QUARTER_OF_YEAR);
            case "month" -> local.getMonthValue();
            case "week" -> local.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "day" -> local.getDayOfMonth();
            case "dow", "dayofweek" -> local.getDayOfWeek().getValue() % 7;
            case "isodow" -> local.getDayOfWeek().getValue();
            case "doy", "dayofyear" -> local.getDayOfYear();
            case "hour" -> local.getHour();
            case "minute" -> local.getMinute();
            case "second" -> local.getSecond();
            case "millisecond" -> local.getSecond() * 1_000L + local.getNano() / 1_000_000;
            case "microsecond" -> local.getSecond() * 1_000_000L + local.getNano() / 1_000;
            default -> throw new IllegalArgumentException("unknown part of time " + unit);
        };
    }
}
