package io.spanlake.query.plan;

import io.spanlake.query.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What flows between steps: a row, and what was computed of it. Nobody changes the columns. */
public final class Tuple {
    private static final Value[] NO_COLUMNS = {};

    private final Document row;
    private final Value[] columns;
    private final RowOrder order;

    public Tuple(Document row, Value[] columns, RowOrder order) {
        this.row = row;
        this.columns = columns;
        this.order = order;
    }

    public static Tuple of(Document row, RowOrder order) {
        return new Tuple(row, NO_COLUMNS, order);
    }

    public Document row() {
        return row;
    }

    public Value column(int index) {
        return columns[index];
    }

    /** What steps have put beside the row. */
    public List<Value> columns() {
        return List.of(columns);
    }

    public RowOrder order() {
        return order;
    }

    /** With more columns behind those that it has. */
    public Tuple with(Value... more) {
        var all = Arrays.copyOf(columns, columns.length + more.length);
        System.arraycopy(more, 0, all, columns.length, more.length);
        return new Tuple(row, all, order);
    }

    /** With these fields of the row; all columns stay. */
    public Tuple only(Set<String> fields) {
        return new Tuple(row.only(fields), columns, order);
    }

    public long bytes() {
        long sum = 64 + row.bytes();
        for (var column : columns) {
            sum += ValueBytes.of(column);
        }
        return sum;
    }
}
