package io.spanlake.catalog.parts;

import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The numbers and texts of a line by place, typed. */
final class SnapshotValues {
    private final @Nullable Long[] numbers;
    private final @Nullable String @Nullable [] texts;

    SnapshotValues(@Nullable Long[] numbers, @Nullable String @Nullable [] texts) {
        this.numbers = numbers;
        this.texts = texts;
    }

    long number(int at) {
        return Objects.requireNonNull(numbers[at]);
    }

    int integer(int at) {
        return Math.toIntExact(number(at));
    }

    Optional<Long> maybeNumber(int at) {
        return Optional.ofNullable(numbers[at]);
    }

    TransactionId transaction(int at) {
        return new TransactionId(number(at));
    }

    /** Transaction and position stand side by side. */
    Stamp stamp(int at) {
        return new Stamp(transaction(at), integer(at + 1));
    }

    Instant time(int at) {
        return maybeTime(at).orElseThrow();
    }

    Optional<Instant> maybeTime(int at) {
        return maybeNumber(at).map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    String text(int at) {
        return maybeText(at).orElseThrow();
    }

    Optional<String> maybeText(int at) {
        return texts == null ? Optional.empty() : Optional.ofNullable(texts[at]);
    }
}
