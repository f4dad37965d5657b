package io.spanlake.query.column;

import io.spanlake.query.parse.Expr.Comparison;
import org.jspecify.annotations.Nullable;

/** Kernels of exact numbers, without a value being made of each. */
final class FixedKernels {
    /** Sums of two numbers of units below it are numbers of units. */
    static final long SUMMED_MAX = 1L << 61;

    private static final long[] POWERS = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };

    private FixedKernels() {}

    /** Of ten, up to the ninth. */
    static long power(int exponent) {
        return POWERS[exponent];
    }

    static Kernel.@Nullable Fixed sum(Kernel.@Nullable Fixed left, Kernel.@Nullable Fixed right, int sign) {
        if (left == null || right == null) {
            return null;
        }
        if (left == Constant.NOTHING || right == Constant.NOTHING) {
            return Constant.NOTHING;
        }
        int scale = Math.max(left.scale(), right.scale());
        var a = scaled(left, scale);
        var b = scaled(right, scale);
        return a == null || b == null || a.most() >= SUMMED_MAX || b.most() >= SUMMED_MAX ? null : new Sum(a, b, sign);
    }

    static Kernel.@Nullable Fixed scaled(Kernel.Fixed kernel, int scale) {
        long power = power(scale - kernel.scale());
        if (power == 1) {
            return kernel;
        }
        return kernel.most() >= SUMMED_MAX / power ? null : new Scaled(kernel, power, scale);
    }

    /** Of two numbers; nothing is true of one that is not there. */
    record Compared(Comparison operator, Kernel.Fixed left, Kernel.Fixed right) {
        boolean holds(int row) {
            long a = left.units(row);
            long b = right.units(row);
            return a != Kernel.Fixed.NULL
                    && b != Kernel.Fixed.NULL
                    && switch (operator) {
                        case EQUAL, NULL_SAFE_EQUAL -> a == b;
                        case UNEQUAL, NULL_SAFE_UNEQUAL -> a != b;
                        case LESS -> a < b;
                        case LESS_OR_EQUAL -> a <= b;
                        case GREATER -> a > b;
                        case GREATER_OR_EQUAL -> a >= b;
                    };
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    record Stored(long[] units, int scale, long most) implements Kernel.Fixed {
        @Override
        public long units(int row) {
            return units[row];
        }
    }

    record Constant(long number) implements Kernel.Fixed {
        static final Constant NOTHING = new Constant(NULL);

        @Override
        public long units(int row) {
            return number;
        }

        @Override
        public int scale() {
            return 0;
        }

        @Override
        public long most() {
            return number == NULL ? 0 : Math.abs(number);
        }
    }

    record Scaled(Kernel.Fixed of, long power, int scale) implements Kernel.Fixed {
        @Override
        public long units(int row) {
            long units = of.units(row);
            return units == NULL ? NULL : units * power;
        }

        @Override
        public long most() {
            return of.most() * power;
        }
    }

    record Sum(Kernel.Fixed left, Kernel.Fixed right, int sign) implements Kernel.Fixed {
        @Override
        public long units(int row) {
            long a = left.units(row);
            long b = right.units(row);
            return a == NULL || b == NULL ? NULL : a + sign * b;
        }

        @Override
        public int scale() {
            return left.scale();
        }

        @Override
        public long most() {
            return left.most() + right.most();
        }
    }

    record Coalesce(Kernel.Fixed first, Kernel.Fixed otherwise) implements Kernel.Fixed {
        @Override
        public long units(int row) {
            long units = first.units(row);
            return units == NULL ? otherwise.units(row) : units;
        }

        @Override
        public int scale() {
            return first.scale();
        }

        @Override
        public long most() {
            return Math.max(first.most(), otherwise.most());
        }
    }

    record Chosen(Kernels.Test test, Kernel.Fixed then, Kernel.Fixed otherwise) implements Kernel.Fixed {
        @Override
        public long units(int row) {
            return test.holds(row) ? then.units(row) : otherwise.units(row);
        }

        @Override
        public int scale() {
            return then.scale();
        }

        @Override
        public long most() {
            return Math.max(then.most(), otherwise.most());
        }
    }
}
