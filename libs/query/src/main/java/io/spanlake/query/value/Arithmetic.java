package io.spanlake.query.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * {@code + - * / %} and the sign. Integers are exact to 64 bits and decimals to 34 digits; numbers beyond 10^±400 are taken
 * as doubles. {@code /} always divides as doubles. What has no result is null: {@code x / 0}, text, overflow. Booleans are
 * 1 and 0. Times and intervals add as one expects; two times subtract to an interval.
 */
public final class Arithmetic {
    public enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        MODULO("%");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    private static final MathContext DIGITS = MathContext.DECIMAL128;

    private Arithmetic() {}

    public static Value apply(Operator operator, Value a, Value b) {
        if (a.isNull() || b.isNull()) {
            return NullValue.NULL;
        }
        if (a instanceof TimeValue || a instanceof IntervalValue || b instanceof IntervalValue) {
            return times(operator, a, b);
        }
        return number(a) instanceof NumberValue x && number(b) instanceof NumberValue y
                ? numbers(operator, x, y)
                : NullValue.NULL;
    }

    /** Numbers as they are, booleans as 1 and 0, all else null. */
    public static Value number(Value value) {
        return switch (value) {
            case NumberValue number -> number;
            case BooleanValue flag -> flag.isTrue() ? LongValue.ONE : LongValue.ZERO;
            default -> NullValue.NULL;
        };
    }

    public static Value negate(Value value) {
        return value instanceof IntervalValue(var months, var duration)
                ? new IntervalValue(-months, duration.negated())
                : apply(Operator.SUBTRACT, LongValue.ZERO, value);
    }

    private static Value numbers(Operator operator, NumberValue a, NumberValue b) {
        if (operator == Operator.DIVIDE) {
            return b.decimal().signum() == 0 ? NullValue.NULL : NumberValue.of(a.asDouble() / b.asDouble());
        }
        if (operator == Operator.MODULO && b.decimal().signum() == 0) {
            return NullValue.NULL;
        }
        if (a instanceof LongValue(var x) && b instanceof LongValue(var y)) {
            try {
                return new LongValue(
                        switch (operator) {
                            case ADD -> Math.addExact(x, y);
                            case SUBTRACT -> Math.subtractExact(x, y);
                            case MULTIPLY -> Math.multiplyExact(x, y);
                            case MODULO, DIVIDE -> x % y;
                        });
            } catch (ArithmeticException e) {
                // Beyond 64 bits: decimals have room.
            }
        }
        return isUsual(a) && isUsual(b)
                ? NumberValue.of(decimals(operator, a.decimal(), b.decimal()))
                : NumberValue.of(doubles(operator, a.asDouble(), b.asDouble()));
    }

    private static boolean isUsual(NumberValue number) {
        var decimal = number.decimal();
        return Math.abs(decimal.scale()) <= NumberValue.EXPONENT_MAX
                && decimal.precision() <= 2 * NumberValue.EXPONENT_MAX;
    }

    private static BigDecimal decimals(Operator operator, BigDecimal a, BigDecimal b) {
        return switch (operator) {
            case ADD -> a.add(b, DIGITS);
            case SUBTRACT -> a.subtract(b, DIGITS);
            case MULTIPLY -> a.multiply(b, DIGITS);
            case MODULO, DIVIDE -> a.remainder(b);
        };
    }

    private static double doubles(Operator operator, double a, double b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case MODULO, DIVIDE -> a % b;
        };
    }

    private static Value times(Operator operator, Value a, Value b) {
        try {
            return switch (operator) {
                case ADD -> a instanceof IntervalValue && !(b instanceof IntervalValue) ? plus(b, a, 1) : plus(a, b, 1);
                case SUBTRACT -> minus(a, b);
                case MULTIPLY -> scaled(a, b);
                case DIVIDE, MODULO -> NullValue.NULL;
            };
        } catch (DateTimeException | ArithmeticException e) {
            return NullValue.NULL;
        }
    }

    private static Value minus(Value a, Value b) {
        if (b instanceof IntervalValue) {
            return plus(a, b, -1);
        }
        return a instanceof TimeValue x && Times.of(b) instanceof TimeValue y
                ? new IntervalValue(0, Duration.between(y.instant(), x.instant()))
                : NullValue.NULL;
    }

    private static Value plus(Value a, Value b, int sign) {
        if (!(b instanceof IntervalValue(var months, var duration))) {
            return NullValue.NULL;
        }
        if (a instanceof IntervalValue(var others, var more)) {
            return new IntervalValue(Math.addExact(others, sign * months), more.plus(duration.multipliedBy(sign)));
        }
        if (!(Times.of(a) instanceof TimeValue time)) {
            return NullValue.NULL;
        }
        // A day that the month does not have becomes its last.
        var moved = months == 0
                ? time.instant()
                : time.instant()
                        .atOffset(ZoneOffset.UTC)
                        .plusMonths(sign * months)
                        .toInstant();
        return TimeValue.of(moved.plus(duration.multipliedBy(sign)));
    }

    private static Value scaled(Value a, Value b) {
        if (a instanceof IntervalValue(var months, var duration) && b instanceof LongValue(var factor)) {
            return new IntervalValue(Math.multiplyExact(months, factor), duration.multipliedBy(factor));
        }
        return b instanceof IntervalValue && a instanceof LongValue ? scaled(b, a) : NullValue.NULL;
    }
}
