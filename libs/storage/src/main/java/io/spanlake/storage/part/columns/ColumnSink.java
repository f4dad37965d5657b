package io.spanlake.storage.part.columns;

import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;

/** Puts the spooled values of one path into its column. Not thread-safe. */
final class ColumnSink {
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    final Column column;
    final ByteSlice name;
    private final ColumnVector vector;
    private final RunningStatistics statistics;

    ColumnSink(Column column, ColumnVector vector) {
        this.column = column;
        this.name = ByteSlice.ofUtf8(column.path().toString());
        this.vector = vector;
        this.statistics = new RunningStatistics(column);
    }

    void putNull(int row) {
        putNull(vector, row);
    }

    static void putNull(ColumnVector vector, int row) {
        vector.noNulls = false;
        vector.isNull[row] = true;
    }

    /** Reads the value and puts it where the column can hold it; false where it cannot. */
    boolean put(int row, int kind, SpooledRows in) throws IOException {
        boolean held = switch (kind) {
            case ValueSpool.FALSE, ValueSpool.TRUE -> putBoolean(row, kind == ValueSpool.TRUE);
            case ValueSpool.INTEGER -> putInteger(row, in.nextLong());
            case ValueSpool.DOUBLE -> putDouble(row, in.nextDouble());
            case ValueSpool.TEXT -> putText(row, in.nextText());
            case ValueSpool.TIME -> putTime(row, in.nextLong());
            case ValueSpool.TEXTS -> putTexts(row, textsOf(in));
            default -> false;
        };
        if (held) {
            vector.isNull[row] = false;
        } else {
            statistics.leftOut();
        }
        return held;
    }

    /** Reads past a value that has no column. */
    static void skip(int kind, SpooledRows in) throws IOException {
        switch (kind) {
            case ValueSpool.INTEGER, ValueSpool.DOUBLE, ValueSpool.TIME -> in.nextLong();
            case ValueSpool.TEXT -> in.nextText();
            case ValueSpool.TEXTS -> textsOf(in);
            default -> {}
        }
    }

    private static List<ByteSlice> textsOf(SpooledRows in) throws IOException {
        int count = in.nextCount();
        var texts = new ArrayList<ByteSlice>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.nextText());
        }
        return texts;
    }

    private boolean putBoolean(int row, boolean value) {
        if (column.type() != ColumnType.BOOLEAN) {
            return false;
        }
        ((LongColumnVector) vector).vector[row] = value ? 1 : 0;
        statistics.bool(value);
        return true;
    }

    private boolean putInteger(int row, long value) {
        if (column.type() == ColumnType.DOUBLE && JsonNumber.fitsDouble(value)) {
            return putDouble(row, (double) value);
        }
        if (column.type() != ColumnType.INTEGER) {
            return false;
        }
        ((LongColumnVector) vector).vector[row] = value;
        statistics.integer(value);
        return true;
    }

    private boolean putDouble(int row, double value) {
        if (column.type() != ColumnType.DOUBLE) {
            return false;
        }
        ((DoubleColumnVector) vector).vector[row] = value;
        statistics.real(value);
        return true;
    }

    private boolean putTime(int row, long epochMicros) {
        if (column.type() != ColumnType.TIME) {
            return false;
        }
        var times = (TimestampColumnVector) vector;
        times.time[row] = epochMicros / MICROS_PER_MILLI;
        times.nanos[row] = (int) (epochMicros % MICROS_PER_SECOND) * NANOS_PER_MICRO;
        statistics.time(epochMicros);
        return true;
    }

    private boolean putText(int row, ByteSlice utf8) {
        if (column.type() != ColumnType.TEXT) {
            return false;
        }
        ((BytesColumnVector) vector).setRef(row, utf8.array(), utf8.offset(), utf8.length());
        statistics.text(utf8);
        return true;
    }

    private boolean putTexts(int row, List<ByteSlice> texts) {
        if (column.type() != ColumnType.TEXTS) {
            return false;
        }
        putTexts((ListColumnVector) vector, row, texts);
        statistics.texts();
        return true;
    }

    static void putTexts(ListColumnVector lists, int row, List<ByteSlice> texts) {
        var items = (BytesColumnVector) lists.child;
        lists.offsets[row] = lists.childCount;
        lists.lengths[row] = texts.size();
        items.ensureSize(lists.childCount + texts.size(), true);
        for (var text : texts) {
            items.setRef(lists.childCount++, text.array(), text.offset(), text.length());
        }
    }

    ColumnStatistics statistics() {
        return statistics.toStatistics();
    }
}
