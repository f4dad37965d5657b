package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The time in {@code created}: ISO 8601, no zone is UTC, a date alone its midnight. */
final class CreatedTime {
    private static final int DATE_CHARS = 10;

    private CreatedTime() {}

    /** In microseconds since 1970, the last fraction cut off; the row's arrival where it is no time. */
    static long microsOf(RowFacts facts) {
        return microsOf(facts.trace().created(), StartTime.microsOf(facts.first()));
    }

    private static long microsOf(ByteSlice created, long otherwise) {
        if (created.at(0) != '"') {
            return otherwise;
        }
        try {
            var instant = instant(JsonText.decodeString(created));
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
        } catch (DateTimeException | ArithmeticException e) {
            return otherwise;
        }
    }

    private static Instant instant(String text) {
        if (text.length() == DATE_CHARS) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        var parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime offset
                ? offset.toInstant()
                : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    }
}
