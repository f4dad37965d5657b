package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.IsoTime;
import io.spanlake.model.json.JsonText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time in {@code created}. */
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
        var instant = IsoTime.parse(JsonText.decodeString(created));
        return instant.isPresent() ? ChronoUnit.MICROS.between(Instant.EPOCH, instant.get()) : otherwise;
    }
}
