package io.spanlake.query.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Points in time from what stands for them: ISO-8601 with or without time and zone (UTC where there is none), or seconds
 * since 1970 (milliseconds where larger than 10^11).
 */
public final class Times {
    private static final BigDecimal LARGEST_SECONDS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal LARGEST = BigDecimal.valueOf(30_000_000_000_000_000L);

    private Times() {}

    public static Value of(Value value) {
        return switch (value) {
            case TimeValue time -> time;
            case TextValue(var text) ->
                parse(text).<Value>map(at -> new TimeValue(at, text)).orElse(NullValue.NULL);
            case NumberValue number -> ofEpoch(number.decimal());
            default -> NullValue.NULL;
        };
    }

    private static Value ofEpoch(BigDecimal number) {
        if (number.abs().compareTo(LARGEST) > 0 || number.scale() > NumberValue.EXPONENT_MAX) {
            return NullValue.NULL;
        }
        var seconds = number.abs().compareTo(LARGEST_SECONDS) > 0 ? number.movePointLeft(3) : number;
        var whole = seconds.setScale(0, RoundingMode.FLOOR);
        var nanos = seconds.subtract(whole).multiply(NANOS).setScale(0, RoundingMode.HALF_UP);
        try {
            return TimeValue.of(Instant.ofEpochSecond(whole.longValueExact(), nanos.longValueExact()));
        } catch (DateTimeException | ArithmeticException e) {
            return NullValue.NULL;
        }
    }

    public static Optional<Instant> parse(String text) {
        try {
            return new Reader(text.strip()).read();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Reads {@code yyyy-MM-dd[('T'|' ')HH:mm[:ss[.f…]][zone]]}. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Optional<Instant> read() {
            int year = digits(4);
            if (year < 0 || !pass('-')) {
                return Optional.empty();
            }
            int month = digits(2);
            if (month < 0 || !pass('-')) {
                return Optional.empty();
            }
            int day = digits(2);
            if (day < 0) {
                return Optional.empty();
            }
            long midnight = LocalDate.of(year, month, day).toEpochDay() * 86_400;
            if (at == text.length()) {
                return Optional.of(Instant.ofEpochSecond(midnight));
            }
            return pass('T') || pass('t') || pass(' ') ? time(midnight) : Optional.empty();
        }

        private Optional<Instant> time(long midnight) {
            int hour = digits(2);
            if (hour < 0 || hour > 24 || !pass(':')) {
                return Optional.empty();
            }
            int minute = digits(2);
            int second = pass(':') ? digits(2) : 0;
            if (minute < 0 || minute > 59 || second < 0 || second > 60) {
                return Optional.empty();
            }
            int nanos = fraction();
            pass(' ');
            var offset = offset();
            if (nanos < 0 || offset.isEmpty() || at != text.length()) {
                return Optional.empty();
            }
            long seconds = midnight
                    + hour * 3_600L
                    + minute * 60L
                    + second
                    - offset.get().getTotalSeconds();
            return Optional.of(Instant.ofEpochSecond(seconds, nanos));
        }

        private int fraction() {
            if (!pass('.') && !pass(',')) {
                return 0;
            }
            int nanos = 0;
            int count = 0;
            while (at < text.length() && isDigit(text.charAt(at))) {
                if (count < 9) {
                    nanos = 10 * nanos + text.charAt(at) - '0';
                    count++;
                }
                at++;
            }
            for (int i = count; i < 9; i++) {
                nanos *= 10;
            }
            return count == 0 ? -1 : nanos;
        }

        private Optional<ZoneOffset> offset() {
            if (at == text.length() || pass('Z') || pass('z')) {
                return Optional.of(ZoneOffset.UTC);
            }
            if (text.startsWith("UTC", at)) {
                at += 3;
                return Optional.of(ZoneOffset.UTC);
            }
            int sign = pass('+') ? 1 : pass('-') ? -1 : 0;
            int hours = sign == 0 ? -1 : digits(2);
            if (hours < 0) {
                return Optional.empty();
            }
            pass(':');
            int minutes = at < text.length() ? digits(2) : 0;
            return minutes < 0
                    ? Optional.empty()
                    : Optional.of(ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes));
        }

        /** The number of exactly so many digits, -1 where they do not stand there. */
        private int digits(int count) {
            if (text.length() - at < count) {
                return -1;
            }
            int number = 0;
            for (int i = 0; i < count; i++) {
                char c = text.charAt(at + i);
                if (!isDigit(c)) {
                    return -1;
                }
                number = 10 * number + c - '0';
            }
            at += count;
            return number;
        }

        private boolean pass(char c) {
            boolean there = at < text.length() && text.charAt(at) == c;
            if (there) {
                at++;
            }
            return there;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
