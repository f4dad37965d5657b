package io.spanlake.query.column;

import io.spanlake.query.parse.Expr.Comparison;
import io.spanlake.query.plan.Document;
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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Makes kernels of scalars: numbers without a value being made of each where that can be, all else by the evaluator that rows go
 * through too. For one thread.
 */
public final class Kernels {
    private static final byte UNKNOWN = 0;
    private static final byte MET = 1;
    private static final byte FAILED = 2;

    private final Map<List<Step>, ColumnVector> vectors;
    private final Evaluator evaluator;
    private final VectorDocument document;
    private final Tuple tuple;

    /** @param vectors of every path that the scalars name */
    public Kernels(Map<List<Step>, ColumnVector> vectors, Evaluator evaluator) {
        this.vectors = vectors;
        this.evaluator = evaluator;
        this.document = VectorDocument.of(vectors);
        this.tuple = Tuple.of(document, RowOrder.FIRST);
    }

    public Kernel of(Scalar scalar) {
        var fixed = fixed(scalar);
        if (fixed != null) {
            return fixed;
        }
        if (scalar instanceof Scalar.Cost(var stored, var model, var tokens)) {
            return new CostKernel(
                    of(stored), of(model), tokens.stream().map(this::of).toList(), evaluator::price);
        }
        var vector = vector(scalar);
        if (vector != null) {
            return new OfVector(vector);
        }
        return coded(scalar).<Kernel>map(codes -> new ByCode(scalar, codes)).orElseGet(() -> new ByRow(scalar));
    }

    /** The one vector that the scalar depends on, where it has few values: so has the scalar. */
    private Optional<ColumnVector.Coded> coded(Scalar scalar) {
        return ColumnNeeds.of(List.of(scalar), List.of())
                .filter(paths -> paths.size() == 1)
                .map(paths -> vectors.get(paths.keySet().iterator().next()))
                .filter(ColumnVector.Coded.class::isInstance)
                .map(ColumnVector.Coded.class::cast);
    }

    public Test test(Scalar condition) {
        return new Test(condition);
    }

    /** Rows of which a vector that the scalar names says nothing. */
    public RoaringBitmap leftOut(Scalar scalar) {
        var leftOut = new RoaringBitmap();
        for (var path : ColumnNeeds.of(List.of(scalar), List.of()).orElseThrow().keySet()) {
            leftOut.or(Objects.requireNonNull(vectors.get(path)).leftOut());
        }
        return leftOut;
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

    /** The row as far as vectors have it, for anyone and as long as it is wanted. */
    Document document(int row) {
        return document.at(row);
    }

    /** Vectors of the paths that the scalar names. */
    public Map<List<Step>, ColumnVector> vectors() {
        return vectors;
    }

    private Kernel.@Nullable Fixed fixed(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Constant(LongValue(var number))
            when Math.abs(number) < FixedKernels.SUMMED_MAX -> new FixedKernels.Constant(number);
            case Scalar.Constant(NullValue _) -> FixedKernels.Constant.NOTHING;
            case Scalar.Field field ->
                switch (vector(field)) {
                    case ColumnVector.Fixed vector ->
                        new FixedKernels.Stored(vector.units(), vector.scale(), vector.most());
                    case ColumnVector.Nothing _ -> FixedKernels.Constant.NOTHING;
                    case null, default -> null;
                };
            case Scalar.Calculate(var operator, var left, var right)
            when operator == Operator.ADD || operator == Operator.SUBTRACT ->
                FixedKernels.sum(fixed(left), fixed(right), operator == Operator.ADD ? 1 : -1);
            case Scalar.Call(var function, var arguments) when function.name().equals("coalesce") -> first(arguments);
            case Scalar.Conditional(var branches, var otherwise) -> chosen(branches, fixed(otherwise));
            default -> null;
        };
    }

    private Kernel.@Nullable Fixed first(List<Scalar> arguments) {
        var all = new ArrayList<Kernel.Fixed>();
        int scale = 0;
        for (var argument : arguments) {
            var kernel = fixed(argument);
            if (kernel == null) {
                return null;
            }
            if (kernel != FixedKernels.Constant.NOTHING) {
                all.add(kernel);
                scale = Math.max(scale, kernel.scale());
            }
        }
        Kernel.Fixed found = FixedKernels.Constant.NOTHING;
        for (var kernel : all.reversed()) {
            var one = FixedKernels.scaled(kernel, scale);
            if (one == null) {
                return null;
            }
            found = found == FixedKernels.Constant.NOTHING ? one : new FixedKernels.Coalesce(one, found);
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
            var a = FixedKernels.scaled(then, scale);
            var b = FixedKernels.scaled(chosen, scale);
            if (a == null || b == null) {
                return null;
            }
            chosen = a == FixedKernels.Constant.NOTHING && b == FixedKernels.Constant.NOTHING
                    ? a
                    : new FixedKernels.Chosen(new Test(branch.condition()), a, b);
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

    /** Computes each value once. */
    private final class ByCode implements Kernel {
        private final Kernel byRow;
        private final char[] codes;
        private final @Nullable Value[] known;

        ByCode(Scalar scalar, ColumnVector.Coded vector) {
            this.byRow = new ByRow(scalar);
            this.codes = vector.codes();
            this.known = new Value[vector.values().length];
        }

        @Override
        public Value value(int row) {
            var value = known[codes[row]];
            if (value == null) {
                value = byRow.value(row);
                known[codes[row]] = value;
            }
            return value;
        }
    }

    /** A condition, also of whether there are values, which needs none. */
    public final class Test {
        private final Scalar condition;
        private final @Nullable ColumnVector absent;
        private final List<Test> all;
        private final FixedKernels.@Nullable Compared compared;
        private final ColumnVector.@Nullable Coded coded;
        private final byte[] known;

        private Test(Scalar condition) {
            this.condition = condition;
            this.coded = coded(condition).orElse(null);
            this.known = new byte[coded == null ? 0 : coded.values().length];
            this.compared = compared(condition);
            this.absent = condition instanceof Scalar.IsNull(Scalar.Field field) ? vectors.get(field.steps()) : null;
            // What one operand comes to may be a fault that another decides about.
            this.all = condition instanceof Scalar.And(var operands) && Faultless.isMet(condition)
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
            if (compared != null) {
                return compared.holds(row);
            }
            return coded == null ? isMetBy(row) : isMetBy(row, coded.codes()[row]);
        }

        private boolean isMetBy(int row, char code) {
            if (known[code] == UNKNOWN) {
                known[code] = isMetBy(row) ? MET : FAILED;
            }
            return known[code] == MET;
        }

        private boolean isMetBy(int row) {
            document.row = row;
            return evaluator.test(condition, tuple);
        }
    }

    private FixedKernels.@Nullable Compared compared(Scalar condition) {
        if (!(condition instanceof Scalar.Compare(var operator, var leftSide, var rightSide))
                || operator == Comparison.NULL_SAFE_EQUAL
                || operator == Comparison.NULL_SAFE_UNEQUAL) {
            return null;
        }
        var left = fixed(leftSide);
        var right = fixed(rightSide);
        if (left == null || right == null) {
            return null;
        }
        int scale = Math.max(left.scale(), right.scale());
        var a = FixedKernels.scaled(left, scale);
        var b = FixedKernels.scaled(right, scale);
        return a == null || b == null ? null : new FixedKernels.Compared(operator, a, b);
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
}
