package io.spanlake.query.column;

import io.spanlake.query.column.ColumnVector.Coded;
import io.spanlake.query.column.ColumnVector.Doubles;
import io.spanlake.query.column.ColumnVector.Fixed;
import io.spanlake.query.column.ColumnVector.Times;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.storage.part.columns.Column;
import io.spanlake.storage.part.columns.ColumnBatch;
import io.spanlake.storage.part.columns.ColumnType;
import io.spanlake.storage.part.columns.ColumnValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Puts the batches of one column together. Not thread-safe. */
public final class VectorBuilder {
    /** So many distinct texts have codes of 16 bits. */
    private static final int CODES_MAX = 1 << 16;
    /** Of more there are ids and names, which are short. */
    private static final int NAMES_BYTES_MAX = 16 << 20;

    private final Column column;
    private final int rows;
    private final RoaringBitmap leftOut;
    private final long[] whole;
    private final double[] real;
    private final int[] codes;
    private final Map<String, Integer> known = new HashMap<>();
    private final List<Value> values = new ArrayList<>(List.of(NullValue.NULL));
    private @Nullable NameTable names;
    private boolean tooMany;

    /**
     * @param elsewhere rows that are left out whatever the column has
     * @param rows      of the part
     */
    public VectorBuilder(Column column, RoaringBitmap elsewhere, int rows) {
        this.column = column;
        this.leftOut = elsewhere.clone();
        this.rows = rows;
        var type = column.type();
        this.whole = new long[type == ColumnType.INTEGER || type == ColumnType.TIME ? rows : 0];
        this.real = new double[type == ColumnType.DOUBLE ? rows : 0];
        this.codes = new int[type == ColumnType.TEXT || type == ColumnType.BOOLEAN ? rows : 0];
    }

    /** Of a type that vectors can hold. */
    public static boolean canHold(ColumnType type) {
        return type != ColumnType.TEXTS;
    }

    /** Batches come in their order. */
    public void add(ColumnBatch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            if (!batch.leftOut().get(row).isEmpty() && batch.isLeftOut(row, column.path())) {
                leftOut.add(batch.first() + row);
            }
        }
        switch (batch.columns().getFirst()) {
            case ColumnValues.Integers integers -> {
                for (int row = 0; row < batch.rows(); row++) {
                    integer(batch.first() + row, integers.isNull(row), integers.isNull(row) ? 0 : integers.at(row));
                }
            }
            case ColumnValues.Times times -> {
                for (int row = 0; row < batch.rows(); row++) {
                    whole[batch.first() + row] = times.isNull(row) ? Times.NULL : times.at(row);
                }
            }
            case ColumnValues.Doubles doubles -> {
                for (int row = 0; row < batch.rows(); row++) {
                    real[batch.first() + row] = doubles.isNull(row) ? Double.NaN : doubles.at(row);
                }
            }
            case ColumnValues.Booleans booleans -> {
                for (int row = 0; row < batch.rows(); row++) {
                    if (!booleans.isNull(row)) {
                        boolean value = booleans.at(row);
                        codes[batch.first() + row] = code(Boolean.toString(value), BooleanValue.of(value));
                    }
                }
            }
            case ColumnValues.Texts texts -> {
                for (int row = 0; row < batch.rows() && !tooMany; row++) {
                    if (!texts.isNull(row)) {
                        var text = texts.at(row);
                        codes[batch.first() + row] = code(text, new TextValue(text));
                    }
                }
            }
            case ColumnValues.TextLists _ -> tooMany = true;
        }
    }

    private void integer(int row, boolean isNull, long value) {
        whole[row] = isNull ? Fixed.NULL : value;
        if (!isNull && value == Fixed.NULL) {
            leftOut.add(row);
        }
    }

    private int code(String text, Value value) {
        if (names != null) {
            int number = names.number(text);
            tooMany = names.bytes() > NAMES_BYTES_MAX;
            return number;
        }
        var code = known.get(text);
        if (code != null) {
            return code;
        }
        if (values.size() == CODES_MAX) {
            names = new NameTable();
            known.clear();
            values.forEach(this::rename);
            values.clear();
            return code(text, value);
        }
        known.put(text, values.size());
        values.add(value);
        return values.size() - 1;
    }

    /** In the order in which they came, so that each keeps its code. */
    private void rename(Value value) {
        if (names != null && value instanceof TextValue(var text)) {
            names.number(text);
        }
    }

    /** Empty where the values are too many to be kept. */
    public Optional<ColumnVector> build() {
        leftOut.runOptimize();
        if (tooMany) {
            return Optional.empty();
        }
        return Optional.of(
                switch (column.type()) {
                    case INTEGER -> Fixed.of(whole, 0, leftOut);
                    case TIME -> Times.of(whole, leftOut);
                    case DOUBLE ->
                        Decimals.fixed(real, rows)
                                .<ColumnVector>map(units -> Fixed.of(units.units(), units.scale(), leftOut))
                                .orElseGet(() -> new Doubles(real, leftOut));
                    case BOOLEAN, TEXT -> names == null ? coded() : names.vector(codes, leftOut);
                    case TEXTS -> throw new IllegalStateException("no vector of lists");
                });
    }

    private ColumnVector coded() {
        var small = new char[codes.length];
        for (int row = 0; row < small.length; row++) {
            small[row] = (char) codes[row];
        }
        return new Coded(small, values.toArray(Value[]::new), leftOut);
    }
}
