package io.spanlake.storage.part.columns;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.binary.BinaryReader;
import io.spanlake.model.binary.BinaryWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statistics of columns as bytes, as docs/formats/part-columns.md has them; they stand in the tail of a part. */
public final class ColumnStatisticsCodec {
    private static final int HAS_BOUNDS = 1;
    private static final int HAS_SUM = 2;
    private static final int PATH_BYTES_MAX = 1 << 14;
    private static final int TEXT_BYTES_MAX = 1 << 24;
    private static final int BYTES_MIN = 19;

    private ColumnStatisticsCodec() {}

    public static void write(List<ColumnStatistics> statistics, BinaryWriter out) {
        out.putVarint(statistics.size());
        for (var column : statistics) {
            write(column, out);
        }
    }

    private static void write(ColumnStatistics statistics, BinaryWriter out) {
        out.putText(statistics.column().path().toString());
        out.put(statistics.column().type().code());
        out.putLong(statistics.values()).putLong(statistics.leftOut());
        out.put((statistics.min().isPresent() ? HAS_BOUNDS : 0)
                | (statistics.sum().isPresent() ? HAS_SUM : 0));
        statistics.min().ifPresent(min -> write(min, out));
        statistics.max().ifPresent(max -> write(max, out));
        statistics.sum().ifPresent(sum -> {
            out.putSlice(ByteSlice.of(sum.unscaledValue().toByteArray()));
            out.putLong(sum.scale());
        });
    }

    private static void write(ColumnValue value, BinaryWriter out) {
        switch (value) {
            case ColumnValue.Whole(long whole) -> out.putLong(whole);
            case ColumnValue.Time(long micros) -> out.putLong(micros);
            case ColumnValue.Real(double real) -> out.putLong(Double.doubleToLongBits(real));
            case ColumnValue.Text(String text) -> out.putText(text);
        }
    }

    /** Malformed bytes end in what the reader throws of them. */
    public static List<ColumnStatistics> read(BinaryReader in) {
        int count = in.nextCount("columns", BYTES_MIN);
        var statistics = new ArrayList<ColumnStatistics>(count);
        for (int i = 0; i < count; i++) {
            try {
                statistics.add(readOne(in));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw in.fault("statistics of a column that cannot be", e);
            }
        }
        return statistics;
    }

    private static ColumnStatistics readOne(BinaryReader in) {
        var path = ColumnPath.parse(in.nextText("path", PATH_BYTES_MAX));
        var column = new Column(path, ColumnType.ofCode(in.next("column type")));
        long values = in.nextLong("values");
        long leftOut = in.nextLong("values left out");
        int flags = in.next("flags");
        if ((flags & ~(HAS_BOUNDS | HAS_SUM)) != 0) {
            throw in.fault("unknown flags of a column");
        }
        var min = Optional.<ColumnValue>empty();
        var max = Optional.<ColumnValue>empty();
        if ((flags & HAS_BOUNDS) != 0) {
            min = Optional.of(readValue(column.type(), in));
            max = Optional.of(readValue(column.type(), in));
        }
        var sum = (flags & HAS_SUM) == 0 ? Optional.<BigDecimal>empty() : Optional.of(readSum(in));
        return new ColumnStatistics(column, values, leftOut, min, max, sum);
    }

    private static ColumnValue readValue(ColumnType type, BinaryReader in) {
        return switch (type) {
            case INTEGER -> new ColumnValue.Whole(in.nextLong("bound"));
            case TIME -> new ColumnValue.Time(in.nextLong("bound"));
            case DOUBLE -> new ColumnValue.Real(Double.longBitsToDouble(in.nextLong("bound")));
            case TEXT -> new ColumnValue.Text(in.nextText("bound", TEXT_BYTES_MAX));
            case BOOLEAN, TEXTS -> throw in.fault("bounds of a column that has no order");
        };
    }

    private static BigDecimal readSum(BinaryReader in) {
        var unscaled = new BigInteger(in.nextSlice(in.nextVarint("sum"), "sum").toArray());
        return new BigDecimal(unscaled, Math.toIntExact(in.nextLong("scale")));
    }
}
