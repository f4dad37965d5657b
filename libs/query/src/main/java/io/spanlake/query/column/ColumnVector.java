package io.spanlake.query.column;

import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import org.roaringbitmap.RoaringBitmap;

/**
 * What one path has in each row of a part, by ordinal. Values are what rows say, not how they wrote it. Of the rows that are left
 * out it says nothing: those have to be read. Immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them, nor changes what they hold.
public sealed interface ColumnVector {
    RoaringBitmap leftOut();

    boolean isNull(int row);

    Value value(int row);

    /** Heap that it takes, about. */
    long bytes();

    /** No row has a value. */
    record Nothing(RoaringBitmap leftOut) implements ColumnVector {
        @Override
        public boolean isNull(int row) {
            return true;
        }

        @Override
        public Value value(int row) {
            return NullValue.NULL;
        }

        @Override
        public long bytes() {
            return 64 + leftOut.getLongSizeInBytes();
        }
    }

    /**
     * Few distinct values, and which of them a row has.
     *
     * @param codes  places in the values
     * @param values the first is null
     */
    record Coded(char[] codes, Value[] values, RoaringBitmap leftOut) implements ColumnVector {
        private static final int VALUE_BYTES = 96;

        @Override
        public boolean isNull(int row) {
            return codes[row] == 0;
        }

        @Override
        public Value value(int row) {
            return values[codes[row]];
        }

        @Override
        public long bytes() {
            long texts = 0;
            for (var value : values) {
                texts += VALUE_BYTES + (value instanceof TextValue(var text) ? text.length() : 0);
            }
            return 2L * codes.length + texts + leftOut.getLongSizeInBytes();
        }
    }

    /**
     * Many distinct texts, and which of them a row has.
     *
     * @param codes which text; 0 is null
     * @param ends  where the text of each code ends in the UTF-8 of all, and the next one begins
     */
    record Names(int[] codes, byte[] utf8, int[] ends, RoaringBitmap leftOut) implements ColumnVector {
        @Override
        public boolean isNull(int row) {
            return codes[row] == 0;
        }

        @Override
        public Value value(int row) {
            int code = codes[row];
            return code == 0
                    ? NullValue.NULL
                    : new TextValue(
                            new String(utf8, ends[code - 1], ends[code] - ends[code - 1], StandardCharsets.UTF_8));
        }

        @Override
        public long bytes() {
            return 4L * codes.length + 4L * ends.length + utf8.length + leftOut.getLongSizeInBytes();
        }
    }

    /**
     * Numbers as multiples of a power of ten: exact.
     *
     * @param most no number of units is larger, whatever its sign
     */
    record Fixed(long[] units, int scale, long most, BlockBounds bounds, RoaringBitmap leftOut)
            implements ColumnVector {
        /** No row's number. */
        public static final long NULL = Long.MIN_VALUE;

        static Fixed of(long[] units, int scale, RoaringBitmap leftOut) {
            long most = 0;
            for (long unit : units) {
                most = unit == NULL ? most : Math.max(most, Math.abs(unit));
            }
            return new Fixed(units, scale, most, BlockBounds.of(units), leftOut);
        }

        @Override
        public boolean isNull(int row) {
            return units[row] == NULL;
        }

        @Override
        public Value value(int row) {
            return units[row] == NULL ? NullValue.NULL : number(units[row], scale);
        }

        public static NumberValue number(long units, int scale) {
            return NumberValue.of(BigDecimal.valueOf(units, scale));
        }

        @Override
        public long bytes() {
            return 8L * units.length + bounds.bytes() + leftOut.getLongSizeInBytes();
        }
    }

    /** Numbers that doubles give back; NaN is null. */
    record Doubles(double[] numbers, RoaringBitmap leftOut) implements ColumnVector {
        private static final double LONG_MAX = 0x1p63;

        @Override
        public boolean isNull(int row) {
            return Double.isNaN(numbers[row]);
        }

        @Override
        public Value value(int row) {
            return isNull(row) ? NullValue.NULL : number(numbers[row]);
        }

        /** An integer where it is one of 64 bits: a column has no other number that is as large. Else its shortest decimal. */
        static NumberValue number(double number) {
            return number == Math.rint(number) && Math.abs(number) < LONG_MAX
                    ? new LongValue((long) number)
                    : NumberValue.of(BigDecimal.valueOf(number));
        }

        @Override
        public long bytes() {
            return 8L * numbers.length + leftOut.getLongSizeInBytes();
        }
    }

    /** Points in time, in microseconds since 1970. */
    record Times(long[] micros, BlockBounds bounds, RoaringBitmap leftOut) implements ColumnVector {
        public static final long NULL = Long.MIN_VALUE;

        static Times of(long[] micros, RoaringBitmap leftOut) {
            return new Times(micros, BlockBounds.of(micros), leftOut);
        }

        @Override
        public boolean isNull(int row) {
            return micros[row] == NULL;
        }

        @Override
        public Value value(int row) {
            return micros[row] == NULL
                    ? NullValue.NULL
                    : TimeValue.of(Instant.EPOCH.plus(micros[row], ChronoUnit.MICROS));
        }

        @Override
        public long bytes() {
            return 8L * micros.length + bounds.bytes() + leftOut.getLongSizeInBytes();
        }
    }

    /** Whether there is a value, and not which. */
    record Presence(BitSet present, RoaringBitmap leftOut) implements ColumnVector {
        @Override
        public boolean isNull(int row) {
            return !present.get(row);
        }

        @Override
        public Value value(int row) {
            throw new IllegalStateException("only asked whether there is a value");
        }

        @Override
        public long bytes() {
            return present.size() / 8 + leftOut.getLongSizeInBytes();
        }
    }
}
