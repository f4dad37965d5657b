package io.spanlake.query.column;

import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.ScalarTree;
import io.spanlake.query.value.Canonical;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key of groups as small numbers. What comes out the same for many rows is computed once: for each distinct text, number or
 * time, and of times cut to a unit for each minute or hour. Not thread-safe.
 */
public abstract class KeyCodes {
    private static final long MINUTE_MICROS = 60_000_000;
    /** Zones are whole minutes apart, most whole hours: so what is cut to these is the same for a minute, or an hour. */
    private static final Set<String> HOURS = Set.of("hour", "day", "week", "month", "quarter", "year");

    private final Map<Value, Integer> codes = new HashMap<>();
    private final List<Value> keys = new ArrayList<>();

    public static KeyCodes of(Scalar key, Kernels kernels) {
        var only = onlyVector(key, kernels);
        var kernel = kernels.of(key);
        return switch (only) {
            case ColumnVector.Coded vector -> new OfCodes(vector, kernel);
            case ColumnVector.Names vector -> new OfNames(vector, kernel);
            case ColumnVector.Fixed vector -> new OfNumbers(vector.units(), 1, kernel);
            case ColumnVector.Times vector ->
                new OfNumbers(vector.micros(), widthOf(key, kernels.minutesWest()), kernel);
            case ColumnVector.Nothing _ -> new Same(kernel);
            case null, default -> new OfRows(kernel);
        };
    }

    private static @Nullable ColumnVector onlyVector(Scalar key, Kernels kernels) {
        var paths = new HashSet<List<Step>>();
        ScalarTree.visit(key, scalar -> {
            if (scalar instanceof Scalar.Field field) {
                paths.add(field.steps());
            }
        });
        return paths.size() == 1 ? kernels.vectors().get(paths.iterator().next()) : null;
    }

    /** Times that lie between the same multiples of so many microseconds have the same key. */
    private static long widthOf(Scalar key, int minutesWest) {
        var unit = unitOf(key);
        if (unit.equals("minute")) {
            return MINUTE_MICROS;
        }
        return !HOURS.contains(unit) ? 1 : minutesWest % 60 == 0 ? 60 * MINUTE_MICROS : MINUTE_MICROS;
    }

    /** To which a time of rows is cut; empty where it is another scalar. */
    private static String unitOf(Scalar key) {
        if (key instanceof Scalar.Call(var function, var arguments) && arguments.getLast() instanceof Scalar.Field) {
            return function.name().equals("date_trunc")
                            && arguments.getFirst() instanceof Scalar.Constant(TextValue(var unit))
                    ? unit
                    : arguments.size() == 1 ? function.name() : "";
        }
        return "";
    }

    /** From 0 on, each new one the next. */
    public abstract int code(int row);

    /**
     * The same of many rows: in a loop of its own where it is of few steps, which is compiled for this kind of key alone.
     *
     * @param codes of the first {@code count} rows, in their order
     */
    public void codes(int[] rows, int count, int[] codes) {
        for (int i = 0; i < count; i++) {
            codes[i] = code(rows[i]);
        }
    }

    /** What the code stands for, in its canonical form. */
    public final Value key(int code) {
        return keys.get(code);
    }

    public final int count() {
        return keys.size();
    }

    final int codeOf(Value value) {
        var key = Canonical.of(value);
        var known = codes.get(key);
        if (known != null) {
            return known;
        }
        codes.put(key, keys.size());
        keys.add(key);
        return keys.size() - 1;
    }

    private static final class OfRows extends KeyCodes {
        private final Kernel kernel;

        OfRows(Kernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public int code(int row) {
            return codeOf(kernel.value(row));
        }
    }

    private static final class Same extends KeyCodes {
        private final Kernel kernel;
        private boolean known;

        Same(Kernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public int code(int row) {
            if (!known) {
                known = true;
                codeOf(kernel.value(row));
            }
            return 0;
        }
    }

    private static final class OfCodes extends KeyCodes {
        private final char[] codes;
        private final Kernel kernel;
        private final int[] known;

        OfCodes(ColumnVector.Coded vector, Kernel kernel) {
            this.codes = vector.codes();
            this.kernel = kernel;
            this.known = new int[vector.values().length];
            Arrays.fill(known, -1);
        }

        @Override
        public int code(int row) {
            char code = codes[row];
            int found = known[code];
            if (found < 0) {
                found = codeOf(kernel.value(row));
                known[code] = found;
            }
            return found;
        }

        @Override
        public void codes(int[] rows, int count, int[] codes) {
            for (int i = 0; i < count; i++) {
                codes[i] = code(rows[i]);
            }
        }
    }

    private static final class OfNames extends KeyCodes {
        private final int[] codes;
        private final Kernel kernel;
        private final int[] known;

        OfNames(ColumnVector.Names vector, Kernel kernel) {
            this.codes = vector.codes();
            this.kernel = kernel;
            this.known = new int[vector.ends().length];
            Arrays.fill(known, -1);
        }

        @Override
        public int code(int row) {
            int code = codes[row];
            int found = known[code];
            if (found < 0) {
                found = codeOf(kernel.value(row));
                known[code] = found;
            }
            return found;
        }
    }

    private static final class OfNumbers extends KeyCodes {
        private final long[] numbers;
        private final long width;
        private final Kernel kernel;
        private final LongCodes known = new LongCodes();
        /** Neighbours are often of one bucket, and dividing is dear. */
        private long lastFirst;

        private long lastMost = -1;
        private int lastCode = -1;

        private final double inWidths;

        OfNumbers(long[] numbers, long width, Kernel kernel) {
            this.numbers = numbers;
            this.width = width;
            this.inWidths = 1.0 / width;
            this.kernel = kernel;
        }

        @Override
        public void codes(int[] rows, int count, int[] codes) {
            for (int i = 0; i < count; i++) {
                codes[i] = code(rows[i]);
            }
        }

        /** As {@code Math.floorDiv(number, width)}: a product is near it, and is exact once it was compared. */
        private long bucketOf(long number) {
            long near = (long) (number * inWidths);
            long rest = number - near * width;
            return rest < 0 || rest >= width ? Math.floorDiv(number, width) : near;
        }

        @Override
        public int code(int row) {
            long number = numbers[row];
            if (number >= lastFirst && number <= lastMost) {
                return lastCode;
            }
            boolean alone = width == 1 || number == Long.MIN_VALUE;
            long bucket = alone ? number : bucketOf(number);
            int found = known.get(bucket);
            if (found < 0) {
                found = codeOf(kernel.value(row));
                known.put(bucket, found);
            }
            lastFirst = alone ? number : bucket * width;
            lastMost = alone ? number : lastFirst + width - 1;
            lastCode = found;
            return found;
        }
    }
}
