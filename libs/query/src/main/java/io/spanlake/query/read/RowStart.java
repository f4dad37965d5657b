package io.spanlake.query.read;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.IsoTime;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;
import io.spanlake.query.cursor.RowPosition;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where a row stands in its trace: by {@code metrics.start}, where it has none by {@code created}, then by its first
 * write.
 *
 * @param seconds since the epoch; not finite where the row says neither
 */
record RowStart(double seconds, RowPosition position) implements Comparable<RowStart> {
    private static final Comparator<RowStart> ORDER =
            Comparator.comparingDouble(RowStart::seconds).thenComparing(RowStart::position);

    static RowStart of(ByteSlice row, RowPosition position) {
        var fields = JsonObjectFields.lastOf(row);
        var metrics = Optional.ofNullable(fields.get("metrics")).map(field -> field.value());
        var created = Optional.ofNullable(fields.get("created")).map(field -> field.value());
        return of(
                metrics.filter(RowStart::isObject).flatMap(object -> JsonObjectFields.valueOf(object, "start")),
                created,
                position);
    }

    /** @param start and {@code created}: raw JSON of any form */
    static RowStart of(Optional<ByteSlice> start, Optional<ByteSlice> created, RowPosition position) {
        double seconds = start.flatMap(RowStart::number)
                .or(() -> created.flatMap(RowStart::time))
                .orElse(Double.POSITIVE_INFINITY);
        return new RowStart(seconds, position);
    }

    private static boolean isObject(ByteSlice value) {
        return value.at(0) == '{';
    }

    private static Optional<Double> number(ByteSlice value) {
        byte first = value.at(0);
        if (first != '-' && (first < '0' || first > '9')) {
            return Optional.empty();
        }
        return Optional.of(Double.parseDouble(value.toUtf8()));
    }

    private static Optional<Double> time(ByteSlice value) {
        if (value.at(0) != '"') {
            return Optional.empty();
        }
        return IsoTime.parse(JsonText.decodeString(value))
                .map(instant -> instant.getEpochSecond() + instant.getNano() / 1e9);
    }

    @Override
    public int compareTo(RowStart other) {
        return ORDER.compare(this, other);
    }
}
