package io.spanlake.storage.part.columns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;

/** Copies what a vector of ORC holds, which its reader fills anew for the next rows. */
final class VectorValues {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int MILLIS_PER_SECOND = 1_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private VectorValues() {}

    static ColumnValues of(ColumnType type, ColumnVector vector, int rows) {
        var nulls = nulls(vector, rows);
        return switch (type) {
            case BOOLEAN -> booleans((LongColumnVector) vector, nulls);
            case INTEGER -> integers((LongColumnVector) vector, nulls);
            case DOUBLE -> doubles((DoubleColumnVector) vector, nulls);
            case TIME -> times((TimestampColumnVector) vector, nulls);
            case TEXT -> texts((BytesColumnVector) vector, nulls);
            case TEXTS -> new ColumnValues.TextLists(lists((ListColumnVector) vector, nulls), nulls);
        };
    }

    private static int at(ColumnVector vector, int row) {
        return vector.isRepeating ? 0 : row;
    }

    static boolean[] nulls(ColumnVector vector, int rows) {
        var nulls = new boolean[rows];
        if (vector.noNulls) {
            return nulls;
        }
        if (vector.isRepeating) {
            Arrays.fill(nulls, vector.isNull[0]);
        } else {
            System.arraycopy(vector.isNull, 0, nulls, 0, rows);
        }
        return nulls;
    }

    private static ColumnValues booleans(LongColumnVector vector, boolean[] nulls) {
        var values = new boolean[nulls.length];
        for (int row = 0; row < values.length; row++) {
            values[row] = vector.vector[at(vector, row)] != 0;
        }
        return new ColumnValues.Booleans(values, nulls);
    }

    private static ColumnValues integers(LongColumnVector vector, boolean[] nulls) {
        var values = new long[nulls.length];
        for (int row = 0; row < values.length; row++) {
            values[row] = vector.vector[at(vector, row)];
        }
        return new ColumnValues.Integers(values, nulls);
    }

    private static ColumnValues doubles(DoubleColumnVector vector, boolean[] nulls) {
        var values = new double[nulls.length];
        for (int row = 0; row < values.length; row++) {
            values[row] = vector.vector[at(vector, row)];
        }
        return new ColumnValues.Doubles(values, nulls);
    }

    private static ColumnValues times(TimestampColumnVector vector, boolean[] nulls) {
        var values = new long[nulls.length];
        for (int row = 0; row < values.length; row++) {
            int at = at(vector, row);
            long seconds = Math.floorDiv(vector.time[at], MILLIS_PER_SECOND);
            values[row] = seconds * MICROS_PER_SECOND + vector.nanos[at] / NANOS_PER_MICRO;
        }
        return new ColumnValues.Times(values, nulls);
    }

    private static ColumnValues texts(BytesColumnVector vector, boolean[] nulls) {
        var ends = new int[nulls.length];
        int bytes = 0;
        for (int row = 0; row < ends.length; row++) {
            bytes += nulls[row] ? 0 : vector.length[at(vector, row)];
            ends[row] = bytes;
        }
        var utf8 = new byte[bytes];
        for (int row = 0; row < ends.length; row++) {
            if (!nulls[row]) {
                int at = at(vector, row);
                int length = vector.length[at];
                System.arraycopy(vector.vector[at], vector.start[at], utf8, ends[row] - length, length);
            }
        }
        return new ColumnValues.Texts(utf8, ends, nulls);
    }

    static List<List<String>> lists(ListColumnVector vector, boolean[] nulls) {
        var lists = new ArrayList<List<String>>(nulls.length);
        for (int row = 0; row < nulls.length; row++) {
            lists.add(nulls[row] ? List.of() : list(vector, at(vector, row)));
        }
        return lists;
    }

    private static List<String> list(ListColumnVector vector, int at) {
        var items = (BytesColumnVector) vector.child;
        int first = (int) vector.offsets[at];
        var texts = new ArrayList<String>((int) vector.lengths[at]);
        for (int i = first; i < first + vector.lengths[at]; i++) {
            int item = at(items, i);
            texts.add(new String(items.vector[item], items.start[item], items.length[item], StandardCharsets.UTF_8));
        }
        return List.copyOf(texts);
    }
}
