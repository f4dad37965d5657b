package io.spanlake.storage.part.columns;

import io.spanlake.model.ByteSlice;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what goes into one column. Not thread-safe. */
final class RunningStatistics {
    private final Column column;
    private final ExactSum sum = new ExactSum();
    private long values;
    private long leftOut;
    private long minLong = Long.MAX_VALUE;
    private long maxLong = Long.MIN_VALUE;
    private double minDouble = Double.POSITIVE_INFINITY;
    private double maxDouble = Double.NEGATIVE_INFINITY;
    private @Nullable ByteSlice minText;
    private @Nullable ByteSlice maxText;

    RunningStatistics(Column column) {
        this.column = column;
    }

    void leftOut() {
        leftOut++;
    }

    void bool(boolean value) {
        values++;
        sum.add(value ? 1 : 0);
    }

    void integer(long value) {
        values++;
        sum.add(value);
        minLong = Math.min(minLong, value);
        maxLong = Math.max(maxLong, value);
    }

    void real(double value) {
        values++;
        sum.add(value);
        minDouble = Math.min(minDouble, value);
        maxDouble = Math.max(maxDouble, value);
    }

    void time(long epochMicros) {
        values++;
        minLong = Math.min(minLong, epochMicros);
        maxLong = Math.max(maxLong, epochMicros);
    }

    void text(ByteSlice utf8) {
        values++;
        minText = minText == null || order(utf8, minText) < 0 ? utf8 : minText;
        maxText = maxText == null || order(utf8, maxText) > 0 ? utf8 : maxText;
    }

    void texts() {
        values++;
    }

    /** Bytes of UTF-8 are in the order of its code points. */
    private static int order(ByteSlice a, ByteSlice b) {
        return Arrays.compareUnsigned(
                a.array(), a.offset(), a.offset() + a.length(), b.array(), b.offset(), b.offset() + b.length());
    }

    ColumnStatistics toStatistics() {
        var total = column.type().hasSum() && values > 0 ? Optional.of(sum.total()) : Optional.<BigDecimal>empty();
        return new ColumnStatistics(
                column, values, leftOut, bound(minLong, minDouble, minText), bound(maxLong, maxDouble, maxText), total);
    }

    private Optional<ColumnValue> bound(long whole, double real, @Nullable ByteSlice text) {
        if (values == 0) {
            return Optional.empty();
        }
        return switch (column.type()) {
            case INTEGER -> Optional.of(new ColumnValue.Whole(whole));
            case TIME -> Optional.of(new ColumnValue.Time(whole));
            case DOUBLE -> Optional.of(new ColumnValue.Real(real));
            case TEXT -> Optional.ofNullable(text).map(utf8 -> new ColumnValue.Text(utf8.toUtf8()));
            case BOOLEAN, TEXTS -> Optional.empty();
        };
    }
}
