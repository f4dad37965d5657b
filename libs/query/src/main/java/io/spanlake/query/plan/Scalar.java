package io.spanlake.query.plan;

import io.spanlake.query.function.ModelPrice;
import io.spanlake.query.function.ScalarFunction;
import io.spanlake.query.match.LikePattern;
import io.spanlake.query.match.RegexPattern;
import io.spanlake.query.match.WordQuery;
import io.spanlake.query.parse.Expr.Comparison;
import io.spanlake.query.value.Arithmetic;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.util.List;

/** A value that is computed of a row, with every name bound. Equal where it was written with the same meaning. */
public sealed interface Scalar {
    ValueType type();

    record Constant(Value value) implements Scalar {
        @Override
        public ValueType type() {
            return ValueType.of(value);
        }
    }

    /** A path into the row. A field whose type is TIME is read as one. */
    record Field(List<Step> steps, ValueType type) implements Scalar {
        public Field {
            steps = List.copyOf(steps);
        }

        public String top() {
            return steps.getFirst() instanceof Step.Key(var name) ? name : "";
        }
    }

    /** What a step before put beside the row. */
    record Column(int index, ValueType type) implements Scalar {}

    /** A way into a computed value. */
    record At(Scalar operand, List<Step> steps) implements Scalar {
        @Override
        public ValueType type() {
            return ValueType.ANY;
        }
    }

    record Call(ScalarFunction function, List<Scalar> arguments) implements Scalar {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public ValueType type() {
            return function.type();
        }
    }

    record Calculate(Arithmetic.Operator operator, Scalar left, Scalar right) implements Scalar {
        @Override
        public ValueType type() {
            return left.type() == ValueType.TIME || right.type() == ValueType.TIME || left.type() == ValueType.INTERVAL
                    ? ValueType.ANY
                    : operator == Arithmetic.Operator.DIVIDE
                            ? ValueType.NUMBER
                            : left.type().or(right.type()).or(ValueType.NUMBER);
        }
    }

    record Negate(Scalar operand) implements Scalar {
        @Override
        public ValueType type() {
            return operand.type();
        }
    }

    /** Yes, no or unknown. */
    sealed interface Condition extends Scalar {
        @Override
        default ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    record Compare(Comparison operator, Scalar left, Scalar right) implements Condition {}

    record And(List<Scalar> operands) implements Condition {
        public And {
            operands = List.copyOf(operands);
        }
    }

    record Or(List<Scalar> operands) implements Condition {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    record Not(Scalar operand) implements Condition {}

    record IsNull(Scalar operand) implements Condition {}

    /** Whether it is true, or false; no for null. */
    record Is(Scalar operand, boolean what) implements Condition {}

    record In(Scalar operand, Members members) implements Condition {}

    /** In a list that is computed. */
    record InList(Scalar operand, Scalar list) implements Condition {}

    /** In the one column of a query that runs before: it is a list once the query runs. */
    record InQuery(Scalar operand, Plan.Query query) implements Condition {}

    record Includes(Scalar haystack, Scalar needle) implements Condition {}

    record Match(Scalar operand, WordQuery words) implements Condition {}

    record Like(Scalar operand, LikePattern pattern) implements Condition {}

    record Regex(Scalar operand, RegexPattern pattern) implements Condition {}

    record Conditional(List<Branch> branches, Scalar otherwise) implements Scalar {
        public Conditional {
            branches = List.copyOf(branches);
        }

        @Override
        public ValueType type() {
            var type = otherwise instanceof Constant(var value) && value.isNull()
                    ? branches.getFirst().then().type()
                    : otherwise.type();
            for (var branch : branches) {
                boolean isNull = branch.then() instanceof Constant(var value) && value.isNull();
                type = isNull ? type : type.or(branch.then().type());
            }
            return type;
        }
    }

    record Branch(Scalar condition, Scalar then) {}

    record ArrayOf(List<Scalar> items) implements Scalar {
        public ArrayOf {
            items = List.copyOf(items);
        }

        @Override
        public ValueType type() {
            return ValueType.ARRAY;
        }
    }

    record ObjectOf(List<String> keys, List<Scalar> values) implements Scalar {
        public ObjectOf {
            keys = List.copyOf(keys);
            values = List.copyOf(values);
        }

        @Override
        public ValueType type() {
            return ValueType.OBJECT;
        }
    }

    /** The one value that a query gives, null where it gives no row: a constant once the query runs. */
    record QueryValue(Plan.Query query, ValueType type) implements Scalar {}

    /** Cut to so many characters, an object leaf by leaf where {@code byLeaf}. */
    record Preview(Scalar operand, int length, boolean byLeaf) implements Scalar {
        @Override
        public ValueType type() {
            return ValueType.ANY;
        }
    }

    /**
     * What the tokens of a span cost, see {@code PriceTable}.
     *
     * @param stored what was sent as its cost, which counts
     * @param tokens in the order of {@link ModelPrice#TOKENS}
     */
    record Cost(Scalar stored, Scalar model, List<Scalar> tokens) implements Scalar {
        public Cost {
            tokens = List.copyOf(tokens);
        }

        /** Of the span that a row is. */
        public static Cost ofSpan() {
            return new Cost(
                    metric("estimated_cost"),
                    new Field(List.of(new Step.Key("metadata"), new Step.Key("model")), ValueType.ANY),
                    ModelPrice.TOKENS.stream().map(Cost::metric).toList());
        }

        private static Scalar metric(String name) {
            return new Field(List.of(new Step.Key("metrics"), new Step.Key(name)), ValueType.ANY);
        }

        @Override
        public ValueType type() {
            return ValueType.NUMBER;
        }
    }
}
