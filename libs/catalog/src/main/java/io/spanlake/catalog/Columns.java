package io.spanlake.catalog;

import io.r2dbc.spi.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Columns of a row by name, typed. What may be null says so by its type. */
public final class Columns {
    private Columns() {}

    public static int integer(Row row, String name) {
        return Objects.requireNonNull(row.get(name, Integer.class), name);
    }

    public static long number(Row row, String name) {
        return Objects.requireNonNull(row.get(name, Long.class), name);
    }

    public static boolean flag(Row row, String name) {
        return Objects.requireNonNull(row.get(name, Boolean.class), name);
    }

    public static String text(Row row, String name) {
        return Objects.requireNonNull(row.get(name, String.class), name);
    }

    public static Optional<String> maybeText(Row row, String name) {
        return Optional.ofNullable(row.get(name, String.class));
    }

    public static UUID uuid(Row row, String name) {
        return Objects.requireNonNull(row.get(name, UUID.class), name);
    }

    public static Instant time(Row row, String name) {
        return maybeTime(row, name).orElseThrow();
    }

    public static Optional<Instant> maybeTime(Row row, String name) {
        return Optional.ofNullable(row.get(name, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
