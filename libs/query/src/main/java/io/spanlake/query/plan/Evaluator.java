package io.spanlake.query.plan;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.function.ModelPrice;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.function.ScalarFunction;
import io.spanlake.query.match.Containment;
import io.spanlake.query.parse.Expr.Comparison;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.value.Arithmetic;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Paths;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Times;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes scalars of rows. Conditions are yes, no or null.
 *
 * <p>A value that is no condition, where one is asked for, is a fault, but not beside a no in AND or a yes in OR: so it does not
 * depend on which rows an index left out before.
 */
public final class Evaluator {
    private final QueryContext context;

    public Evaluator(QueryContext context) {
        this.context = context;
    }

    /** Of the zone in which times are cut. */
    public int minutesWest() {
        return context.minutesWest();
    }

    /** Whether a row is kept: null is no. */
    public boolean test(Scalar condition, Tuple tuple) {
        return truth(condition, tuple) == BooleanValue.TRUE;
    }

    public Value[] evaluate(List<Scalar> scalars, Tuple tuple) {
        var values = new Value[scalars.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = evaluate(scalars.get(i), tuple);
        }
        return values;
    }

    public Value evaluate(Scalar scalar, Tuple tuple) {
        return switch (scalar) {
            case Scalar.Constant(var value) -> value;
            case Scalar.Field field -> field(field, tuple);
            case Scalar.Column(var index, var type) -> typed(tuple.column(index), type);
            case Scalar.At(var operand, var steps) -> Paths.at(evaluate(operand, tuple), steps, 0);
            case Scalar.Call(var function, var arguments) -> call(function, arguments, tuple);
            case Scalar.Calculate(var operator, var left, var right) ->
                Arithmetic.apply(operator, evaluate(left, tuple), evaluate(right, tuple));
            case Scalar.Negate(var operand) -> Arithmetic.negate(evaluate(operand, tuple));
            case Scalar.Condition condition -> condition(condition, tuple);
            case Scalar.Conditional(var branches, var otherwise) -> choose(branches, otherwise, tuple);
            case Scalar.ArrayOf(var items) -> new ArrayValue(List.of(evaluate(items, tuple)));
            case Scalar.ObjectOf(var keys, var values) -> object(keys, values, tuple);
            case Scalar.Preview(var operand, var length, var byLeaf) ->
                Previews.cut(evaluate(operand, tuple), length, byLeaf);
            case Scalar.QueryValue value -> throw unresolved(value);
            case Scalar.Cost cost -> cost(cost, tuple);
        };
    }

    private static IllegalStateException unresolved(Scalar scalar) {
        return new IllegalStateException("a query within an expression has not run: " + scalar);
    }

    private static Value field(Scalar.Field field, Tuple tuple) {
        var top = tuple.row().field(field.top());
        var value = field.steps().size() == 1 ? top : Paths.at(top, field.steps(), 1);
        return typed(value, field.type());
    }

    /** A time that cannot be read stays what it is: nothing that was sent is lost. */
    private static Value typed(Value value, ValueType type) {
        if (type != ValueType.TIME || value.isNull()) {
            return value;
        }
        var time = Times.of(value);
        return time.isNull() ? value : time;
    }

    private Value call(ScalarFunction function, List<Scalar> arguments, Tuple tuple) {
        AbandonedException.check();
        try {
            return function.apply(context, List.of(evaluate(arguments, tuple)));
        } catch (IllegalArgumentException e) {
            throw QueryFault.of(QueryFault.Kind.RUN, function.name() + ": " + e.getMessage(), Place.NONE)
                    .exception();
        }
    }

    private Value object(List<String> keys, List<Scalar> values, Tuple tuple) {
        var fields = new LinkedHashMap<String, Value>();
        for (int i = 0; i < keys.size(); i++) {
            fields.put(keys.get(i), evaluate(values.get(i), tuple));
        }
        return new ObjectValue(fields);
    }

    private Value choose(List<Scalar.Branch> branches, Scalar otherwise, Tuple tuple) {
        for (var branch : branches) {
            if (test(branch.condition(), tuple)) {
                return evaluate(branch.then(), tuple);
            }
        }
        return evaluate(otherwise, tuple);
    }

    private Value cost(Scalar.Cost cost, Tuple tuple) {
        var stored = evaluate(cost.stored(), tuple);
        if (stored instanceof NumberValue) {
            return stored;
        }
        if (!(evaluate(cost.model(), tuple) instanceof TextValue(var model))) {
            return NullValue.NULL;
        }
        var price = context.prices().of(model);
        if (price.isEmpty()) {
            return NullValue.NULL;
        }
        var tokens = new double[cost.tokens().size()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = evaluate(cost.tokens().get(i), tuple) instanceof NumberValue number
                    ? number.asDouble()
                    : ModelPrice.NONE;
        }
        return NumberValue.of(price.get().cost(tokens));
    }

    /** What the model's tokens cost. */
    public Optional<ModelPrice> price(String model) {
        return context.prices().of(model);
    }

    private Value truth(Scalar scalar, Tuple tuple) {
        var value = evaluate(scalar, tuple);
        if (value instanceof BooleanValue || value.isNull()) {
            return value;
        }
        throw QueryFault.of(
                        QueryFault.Kind.RUN,
                        "a condition is true, false or null; one came out as a value of type "
                                + ValueType.of(value).jsonName(),
                        Place.NONE)
                .withHint("compare it: … = true, or … is not null")
                .exception();
    }

    private Value condition(Scalar.Condition condition, Tuple tuple) {
        return switch (condition) {
            case Scalar.Compare(var operator, var left, var right) ->
                compare(operator, evaluate(left, tuple), evaluate(right, tuple));
            case Scalar.And(var operands) -> all(operands, tuple, BooleanValue.FALSE);
            case Scalar.Or(var operands) -> all(operands, tuple, BooleanValue.TRUE);
            case Scalar.Not(var operand) -> not(truth(operand, tuple));
            case Scalar.IsNull(var operand) ->
                BooleanValue.of(evaluate(operand, tuple).isNull());
            case Scalar.Is(var operand, var what) -> BooleanValue.of(evaluate(operand, tuple) == BooleanValue.of(what));
            case Scalar.In(var operand, var members) -> in(evaluate(operand, tuple), members);
            case Scalar.InList(var operand, var list) ->
                evaluate(list, tuple) instanceof ArrayValue(var items)
                        ? in(evaluate(operand, tuple), new Members(items))
                        : NullValue.NULL;
            case Scalar.InQuery in -> throw unresolved(in);
            case Scalar.Includes(var haystack, var needle) ->
                BooleanValue.of(Containment.includes(evaluate(haystack, tuple), evaluate(needle, tuple)));
            case Scalar.Match(var operand, var words) -> BooleanValue.of(words.matches(evaluate(operand, tuple)));
            case Scalar.Like(var operand, var pattern) -> {
                var value = evaluate(operand, tuple);
                yield value.isNull() ? value : BooleanValue.of(pattern.matches(value));
            }
            case Scalar.Regex(var operand, var pattern) -> {
                var value = evaluate(operand, tuple);
                yield value.isNull() ? value : BooleanValue.of(pattern.matches(value));
            }
        };
    }

    /** AND where {@code decisive} is no, OR where it is yes. */
    private Value all(List<Scalar> operands, Tuple tuple, BooleanValue decisive) {
        Value result = not(decisive);
        @Nullable QueryFaultException fault = null;
        for (var operand : operands) {
            try {
                var value = truth(operand, tuple);
                if (value == decisive) {
                    return decisive;
                }
                result = value.isNull() ? value : result;
            } catch (QueryFaultException e) {
                fault = e;
            }
        }
        if (fault != null) {
            throw fault;
        }
        return result;
    }

    private static Value not(Value value) {
        return value instanceof BooleanValue flag ? BooleanValue.of(!flag.isTrue()) : value;
    }

    static Value compare(Comparison operator, Value a, Value b) {
        if (operator == Comparison.NULL_SAFE_EQUAL || operator == Comparison.NULL_SAFE_UNEQUAL) {
            boolean anyNull = a.isNull() || b.isNull();
            boolean same = anyNull ? a.isNull() == b.isNull() : Compare.same(a, b);
            return BooleanValue.of(same == (operator == Comparison.NULL_SAFE_EQUAL));
        }
        if (a.isNull() || b.isNull()) {
            return NullValue.NULL;
        }
        if (operator == Comparison.EQUAL || operator == Comparison.UNEQUAL) {
            return BooleanValue.of(Compare.same(a, b) == (operator == Comparison.EQUAL));
        }
        var order = Compare.order(a, b);
        if (order.isEmpty()) {
            return NullValue.NULL;
        }
        int sign = order.getAsInt();
        return BooleanValue.of(
                switch (operator) {
                    case LESS -> sign < 0;
                    case LESS_OR_EQUAL -> sign <= 0;
                    case GREATER -> sign > 0;
                    default -> sign >= 0;
                });
    }

    /** Of an array whether any of its items is a member, or it itself. */
    private static Value in(Value value, Members members) {
        if (members.isEmpty()) {
            return BooleanValue.FALSE;
        }
        if (value.isNull()) {
            return NullValue.NULL;
        }
        boolean found = members.contains(value)
                || (value instanceof ArrayValue(var items)
                        && items.stream().anyMatch(item -> !item.isNull() && members.contains(item)));
        return found ? BooleanValue.TRUE : members.hasNull() ? NullValue.NULL : BooleanValue.FALSE;
    }

    /** Arguments of an aggregate. */
    public List<Value> arguments(List<Scalar> scalars, Tuple tuple) {
        var values = new ArrayList<Value>(scalars.size());
        for (var scalar : scalars) {
            values.add(evaluate(scalar, tuple));
        }
        return values;
    }
}
