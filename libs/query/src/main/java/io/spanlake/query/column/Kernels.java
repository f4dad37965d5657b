package io.spanlake.query.column;

import io.spanlake.query.plan.Evaluator;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.Arithmetic.Operator;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes kernels of scalars: numbers without a value being made of each where that can be, all else by the evaluator that rows go
 * through too. For one thread.
 */
public final class Kernels {
    /** Sums of two numbers of units below it are numbers of units. */
    private static final long SUMMED_MAX = 1L << 61;

    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private final Map<List<Step>, ColumnVector> vectors;
    private final Evaluator evaluator;
    private final VectorDocument document;
    private final Tuple tuple;

    /** @param vectors of every path that the scalars name */
    public Kernels(Map<List<Step>, ColumnVector> vectors, Evaluator evaluator) {
        this.vectors = vectors;
        this.evaluator = evaluator;
        this.document = new VectorDocument(vectors);
        this.tuple = Tuple.of(document, RowOrder.FIRST);
    }

    public Kernel of(Scalar scalar) {
        var fixed = fixed(scalar);
        if (fixed != null) {
            return fixed;
        }
        var vector = vector(scalar);
        return vector == null ? new ByRow(scalar) : new OfVector(vector);
    }

    public Test test(Scalar condition) {
        return new Test(condition);
    }

    /** The vector that the scalar is; null where it is none. */
    @Nullable
    ColumnVector vector(Scalar scalar) {
        if (!(scalar instanceof Scalar.Field field)) {
            return null;
        }
        var vector = vectors.get(field.steps());
        return field.type() == ValueType.TIME && !(vector instanceof ColumnVector.Times) ? null : vector;
    }

    int minutesWest() {
        return evaluator.minutesWest();
    }

    /** Vectors of the paths that the scalar names. */
    public Map<List<Step>, ColumnVector> vectors() {
        return vectors;
    }

    private Kernel.@Nullable Fixed fixed(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Constant(LongValue(var number)) when Math.abs(number) < SUMMED_MAX -> new Constant(number);
            case Scalar.Constant(NullValue _) -> Constant.NOTHING;
            case Scalar.Field field ->
                switch (vector(field)) {
                    case ColumnVector.Fixed vector -> new Stored(vector.units(), vector.scale(), vector.most());
                    case ColumnVector.Nothing _ -> Constant.NOTHING;
                    case null, default -> null;
                };
            case Scalar.Calculate(var operator, var left, var right)
            when operator == Operator.ADD || operator == Operator.SUBTRACT ->
                sum(fixed(left), fixed(right), operator == Operator.ADD ? 1 : -1);
            case Scalar.Call(var function, var arguments) when function.name().equals("coalesce") -> first(arguments);
            case Scalar.Conditional(var branches, var otherwise) -> chosen(branches, fixed(otherwise));
            default -> null;
        };
    }

    private static Kernel.@Nullable Fixed sum(Kernel.@Nullable Fixed left, Kernel.@Nullable Fixed right, int sign) {
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

    private static Kernel.@Nullable Fixed scaled(Kernel.Fixed kernel, int scale) {
        long power = POWERS[scale - kernel.scale()];
        if (power == 1) {
            return kernel;
        }
        return kernel.most() >= SUMMED_MAX / power ? null : new Scaled(kernel, power, scale);
    }

    private Kernel.@Nullable Fixed first(List<Scalar> arguments) {
        var all = new ArrayList<Kernel.Fixed>();
        int scale = 0;
        for (var argument : arguments) {
            var kernel = fixed(argument);
            if (kernel == null) {
                return null;
            }
            if (kernel != Constant.NOTHING) {
                all.add(kernel);
                scale = Math.max(scale, kernel.scale());
            }
        }
        Kernel.Fixed found = Constant.NOTHING;
        for (var kernel : all.reversed()) {
            var one = scaled(kernel, scale);
            if (one == null) {
                return null;
            }
            found = found == Constant.NOTHING ? one : new Coalesce(one, found);
        }
        return found;
    }

    private Kernel.@Nullable Fixed chosen(List<Scalar.Branch> branches, Kernel.@Nullable Fixed otherwise) {
        var chosen = otherwise;
        for (var branch : branches.reversed()) {
            var then = fixed(branch.then());
            if (then == null || chosen == null) {
                return null;
            }
            int scale = Math.max(then.scale(), chosen.scale());
            var a = scaled(then, scale);
            var b = scaled(chosen, scale);
            if (a == null || b == null) {
                return null;
            }
            chosen =
                    a == Constant.NOTHING && b == Constant.NOTHING ? a : new Chosen(new Test(branch.condition()), a, b);
        }
        return chosen;
    }

    private final class ByRow implements Kernel {
        private final Scalar scalar;

        ByRow(Scalar scalar) {
            this.scalar = scalar;
        }

        @Override
        public Value value(int row) {
            document.row = row;
            return evaluator.evaluate(scalar, tuple);
        }
    }

    /** A condition, also of whether there are values, which needs none. */
    public final class Test {
        private final Scalar condition;
        private final @Nullable ColumnVector absent;
        private final List<Test> all;

        private Test(Scalar condition) {
            this.condition = condition;
            this.absent = condition instanceof Scalar.IsNull(Scalar.Field field) ? vectors.get(field.steps()) : null;
            this.all = condition instanceof Scalar.And(var operands)
                    ? operands.stream().map(Test::new).toList()
                    : List.of();
        }

        public boolean holds(int row) {
            if (absent != null) {
                return absent.isNull(row);
            }
            if (!all.isEmpty()) {
                for (var test : all) {
                    if (!test.holds(row)) {
                        return false;
                    }
                }
                return true;
            }
            document.row = row;
            return evaluator.test(condition, tuple);
        }
    }

    private record OfVector(ColumnVector vector) implements Kernel {
        @Override
        public boolean isNull(int row) {
            return vector.isNull(row);
        }

        @Override
        public Value value(int row) {
            return vector.value(row);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    private record Stored(long[] units, int scale, long most) implements Kernel.Fixed {
        @Override
        public long units(int row) {
            return units[row];
        }
    }

    private record Constant(long number) implements Kernel.Fixed {
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

    private record Scaled(Kernel.Fixed of, long power, int scale) implements Kernel.Fixed {
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

    private record Sum(Kernel.Fixed left, Kernel.Fixed right, int sign) implements Kernel.Fixed {
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

    private record Coalesce(Kernel.Fixed first, Kernel.Fixed otherwise) implements Kernel.Fixed {
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

    private record Chosen(Test test, Kernel.Fixed then, Kernel.Fixed otherwise) implements Kernel.Fixed {
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
