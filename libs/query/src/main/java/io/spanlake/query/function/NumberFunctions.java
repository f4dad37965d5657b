package io.spanlake.query.function;

import io.spanlake.query.value.Arithmetic;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

final class NumberFunctions {
    private static final int MANY = 100;

    private NumberFunctions() {}

    static void register(Functions.Registry all) {
        all.strict("round", 1, 2, ValueType.NUMBER, (_, a) -> round(a));
        all.strict("floor", 1, ValueType.NUMBER, (_, a) -> rounded(a.getFirst(), 0, RoundingMode.FLOOR));
        all.strict("ceil", 1, ValueType.NUMBER, (_, a) -> rounded(a.getFirst(), 0, RoundingMode.CEILING));
        all.alias("ceiling", "ceil");
        all.strict("abs", 1, ValueType.NUMBER, (_, a) -> abs(a.getFirst()));
        all.strict("sign", 1, ValueType.INTEGER, (_, a) -> sign(a.getFirst()));
        doubles(all, "sqrt", Math::sqrt);
        doubles(all, "ln", Math::log);
        doubles(all, "log10", Math::log10);
        doubles(all, "exp", Math::exp);
        all.alias("log", "log10");
        all.strict("power", 2, ValueType.NUMBER, (_, a) -> power(a.get(0), a.get(1)));
        all.alias("pow", "power");
        all.lenient("least", 1, MANY, ValueType.ANY, (_, a) -> extreme(a, -1));
        all.lenient("greatest", 1, MANY, ValueType.ANY, (_, a) -> extreme(a, 1));
        for (var operator : Arithmetic.Operator.values()) {
            all.strict(
                    switch (operator) {
                        case ADD -> "add";
                        case SUBTRACT -> "sub";
                        case MULTIPLY -> "mul";
                        case DIVIDE -> "div";
                        case MODULO -> "mod";
                    },
                    2,
                    ValueType.ANY,
                    (_, a) -> Arithmetic.apply(operator, a.get(0), a.get(1)));
        }
        all.strict("neg", 1, ValueType.NUMBER, (_, a) -> Arithmetic.negate(a.getFirst()));
    }

    private static void doubles(Functions.Registry all, String name, DoubleUnaryOperator operator) {
        all.strict(
                name,
                1,
                ValueType.NUMBER,
                (_, a) -> Arithmetic.number(a.getFirst()) instanceof NumberValue number
                        ? NumberValue.of(operator.applyAsDouble(number.asDouble()))
                        : NullValue.NULL);
    }

    private static Value round(List<Value> arguments) {
        int places = 0;
        if (arguments.size() == 2) {
            if (!(arguments.get(1) instanceof LongValue(var wanted)) || Math.abs(wanted) > NumberValue.EXPONENT_MAX) {
                return NullValue.NULL;
            }
            places = (int) wanted;
        }
        return rounded(arguments.getFirst(), places, RoundingMode.HALF_UP);
    }

    private static Value rounded(Value value, int places, RoundingMode mode) {
        if (!(Arithmetic.number(value) instanceof NumberValue number)) {
            return NullValue.NULL;
        }
        var decimal = number.decimal();
        if (decimal.scale() <= places || Math.abs(decimal.scale()) > 2 * NumberValue.EXPONENT_MAX) {
            return places >= 0 ? number : NumberValue.of(decimal.setScale(places, mode));
        }
        var cut = decimal.setScale(places, mode);
        return NumberValue.of(places > 0 ? cut.stripTrailingZeros() : cut);
    }

    private static Value abs(Value value) {
        return Arithmetic.number(value) instanceof NumberValue number
                ? number.decimal().signum() < 0 ? Arithmetic.negate(number) : number
                : NullValue.NULL;
    }

    private static Value sign(Value value) {
        return Arithmetic.number(value) instanceof NumberValue number
                ? new LongValue(number.decimal().signum())
                : NullValue.NULL;
    }

    private static Value power(Value base, Value exponent) {
        if (!(Arithmetic.number(base) instanceof NumberValue x)
                || !(Arithmetic.number(exponent) instanceof NumberValue y)) {
            return NullValue.NULL;
        }
        double power = Math.pow(x.asDouble(), y.asDouble());
        return Double.isFinite(power) ? NumberValue.of(BigDecimal.valueOf(power)) : NullValue.NULL;
    }

    private static Value extreme(List<Value> arguments, int sign) {
        Value found = NullValue.NULL;
        for (var argument : arguments) {
            if (!argument.isNull() && (found.isNull() || sign * Compare.SORTED.compare(argument, found) > 0)) {
                found = argument;
            }
        }
        return found;
    }
}
