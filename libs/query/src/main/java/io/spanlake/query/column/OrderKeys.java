package io.spanlake.query.column;

import java.math.BigDecimal;

/**
 * A number for each row of a part; numbers are in the order of the values that they stand for, in all parts alike. Of two values
 * that differ the numbers may be the same. Immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
sealed interface OrderKeys {
    /** No row's number. */
    long NULL = Long.MIN_VALUE;

    /** {@link #NULL} where the row has no value. */
    long of(int row);

    int rows();

    /** The first number that a block of {@link BlockBounds} may have. */
    long nearest(int block, boolean descending);

    default int blocks() {
        return (rows() + BlockBounds.ROWS - 1) / BlockBounds.ROWS;
    }

    /** Whole numbers, each times the power. */
    record Whole(long[] numbers, BlockBounds bounds, long power) implements OrderKeys {
        static final Whole NOTHING = new Whole(new long[0], BlockBounds.of(new long[0]), 1);

        @Override
        public long of(int row) {
            return row >= numbers.length || numbers[row] == NULL ? NULL : numbers[row] * power;
        }

        @Override
        public int rows() {
            return numbers.length;
        }

        @Override
        public long nearest(int block, boolean descending) {
            return bounds.nearest(block, descending) * power;
        }
    }

    /** Decimals, by the doubles nearest to them. */
    record Nearest(long[] units, BlockBounds bounds, int scale) implements OrderKeys {
        /** Doubles hold all whole numbers up to it. */
        private static final long EXACT_MAX = 1L << 53;

        @Override
        public long of(int row) {
            return units[row] == NULL ? NULL : sortable(units[row]);
        }

        private long sortable(long number) {
            // As the value itself is made a double: rounded once.
            return OrderKeys.sortable(
                    Math.abs(number) <= EXACT_MAX
                            ? (double) number / FixedKernels.power(scale)
                            : BigDecimal.valueOf(number, scale).doubleValue());
        }

        @Override
        public int rows() {
            return units.length;
        }

        @Override
        public long nearest(int block, boolean descending) {
            return sortable(bounds.nearest(block, descending));
        }
    }

    static long sortable(double number) {
        // Zero has no sign among values.
        long bits = Double.doubleToLongBits(number == 0 ? 0 : number);
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }

    static OrderKeys ofDoubles(double[] numbers) {
        var keys = new long[numbers.length];
        for (int row = 0; row < keys.length; row++) {
            keys[row] = Double.isNaN(numbers[row]) ? NULL : sortable(numbers[row]);
        }
        return new Whole(keys, BlockBounds.of(keys), 1);
    }
}
