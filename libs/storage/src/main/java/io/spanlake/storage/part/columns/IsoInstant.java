package io.spanlake.storage.part.columns;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants in ISO 8601, as they are compared in queries: no zone is UTC, a date alone its midnight. */
public final class IsoInstant {
    private static final int DATE_CHARS = 10;
    private static final int SECONDS_END = 19;
    private static final int NANO_DIGITS = 9;
    private static final String USUAL = "dddd-dd-ddTdd:dd:dd";

    private IsoInstant() {}

    /** @throws DateTimeException where it is none */
    public static Instant parse(String text) {
        if (text.length() == DATE_CHARS) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        return isUsual(text) ? usual(text) : any(text);
    }

    private static Instant any(String text) {
        var parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime offset
                ? offset.toInstant()
                : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    }

    /** Whether it is as machines write it, {@code 2026-05-12T23:48:26.882Z}: a general parser takes twenty times as long. */
    private static boolean isUsual(String text) {
        int end = text.endsWith("Z") ? text.length() - 1 : text.length();
        if (end < SECONDS_END || end > SECONDS_END + 1 + NANO_DIGITS || end == SECONDS_END + 1) {
            return false;
        }
        for (int i = 0; i < SECONDS_END; i++) {
            char wanted = USUAL.charAt(i);
            if (wanted == 'd' ? !isDigit(text.charAt(i)) : text.charAt(i) != wanted) {
                return false;
            }
        }
        for (int i = SECONDS_END + 1; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return end == SECONDS_END || text.charAt(SECONDS_END) == '.';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Instant usual(String text) {
        int nanos = 0;
        for (int digit = 0; digit < NANO_DIGITS; digit++) {
            int at = SECONDS_END + 1 + digit;
            nanos = 10 * nanos + (at < text.length() && isDigit(text.charAt(at)) ? text.charAt(at) - '0' : 0);
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        nanos)
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int first, int next) {
        int number = 0;
        for (int i = first; i < next; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
