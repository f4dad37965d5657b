package io.spanlake.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Instants as clients write them: ISO 8601 with or without time and zone; no zone is UTC, a date alone its midnight. The
 * only reading of such texts: what queries compare and what indexes and columns hold must be the same instant.
 */
public final class IsoTime {
    private IsoTime() {}

    /** Empty where the text is no such instant. Digits of a second beyond the ninth are cut off. */
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
            boolean pastMidnight = hour == 24 && (minute > 0 || second > 0 || nanos > 0);
            if (nanos < 0 || pastMidnight || offset.isEmpty() || at != text.length()) {
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
