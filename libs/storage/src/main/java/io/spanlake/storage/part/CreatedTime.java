package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonText;
import io.spanlake.storage.part.columns.IsoInstant;
import java.time.DateTimeException;

/** The time in {@code created}: ISO 8601, no zone is UTC, a date alone its midnight. */
final class CreatedTime {
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
            var instant = IsoInstant.parse(JsonText.decodeString(created));
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
        } catch (DateTimeException | ArithmeticException e) {
            return otherwise;
        }
    }
}
