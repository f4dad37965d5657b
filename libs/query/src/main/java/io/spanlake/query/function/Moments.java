package io.spanlake.query.function;

import io.spanlake.query.value.Arithmetic;
import io.spanlake.query.value.Canonical;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * Sums of numbers and of their squares: exact, so that every order of rows gives the same. Booleans are 1 and 0, all else is
 * passed over. Numbers beyond 10^±400 make the result a double's.
 */
final class Moments implements Accumulator.OfNumbers {
    enum Kind {
        SUM,
        MEAN,
        VARIANCE,
        DEVIATION
    }

    private static final int FIXED_SCALE = 6;
    /** Below it a number of units is one of millionths too, and two such sums are still a long. */
    private static final long FIXED_MAX = Long.MAX_VALUE / 4_000_000;

    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private final Kind kind;
    private long count;
    private long whole;
    /** In millionths. */
    private long fixed;

    private BigDecimal sum = BigDecimal.ZERO;
    private BigDecimal squares = BigDecimal.ZERO;
    private double beyond;

    Moments(Kind kind) {
        this.kind = kind;
    }

    @Override
    public void add(List<Value> arguments, Comparable<?> order) {
        if (!(Arithmetic.number(arguments.getFirst()) instanceof NumberValue number)) {
            return;
        }
        count++;
        if (number instanceof LongValue(var value) && !needsSquares()) {
            addWhole(value);
            return;
        }
        var decimal = number.decimal();
        if (Math.abs((long) decimal.precision() - decimal.scale()) > NumberValue.EXPONENT_MAX
                || Math.abs(decimal.scale()) > 2 * NumberValue.EXPONENT_MAX) {
            beyond += number.asDouble();
            return;
        }
        sum = sum.add(decimal);
        if (needsSquares()) {
            squares = squares.add(decimal.multiply(decimal));
        }
    }

    @Override
    public void add(long units, int scale) {
        if (scale == 0 && !needsSquares()) {
            count++;
            addWhole(units);
        } else if (scale <= FIXED_SCALE && !needsSquares() && Math.abs(units) < FIXED_MAX) {
            count++;
            addFixed(units * POWERS[FIXED_SCALE - scale]);
        } else {
            add(List.of(NumberValue.of(BigDecimal.valueOf(units, scale))), 0);
        }
    }

    private void addFixed(long millionths) {
        long next = fixed + millionths;
        if (Math.abs(next) > Long.MAX_VALUE / 2) {
            sum = sum.add(BigDecimal.valueOf(next, FIXED_SCALE));
            fixed = 0;
        } else {
            fixed = next;
        }
    }

    private boolean needsSquares() {
        return kind == Kind.VARIANCE || kind == Kind.DEVIATION;
    }

    private void addWhole(long value) {
        long next = whole + value;
        if (((whole ^ next) & (value ^ next)) < 0) {
            sum = sum.add(BigDecimal.valueOf(whole)).add(BigDecimal.valueOf(value));
            whole = 0;
        } else {
            whole = next;
        }
    }

    @Override
    public Value result() {
        if (count == 0) {
            return NullValue.NULL;
        }
        var total = sum.add(BigDecimal.valueOf(whole)).add(BigDecimal.valueOf(fixed, FIXED_SCALE));
        return switch (kind) {
            case SUM ->
                beyond == 0 ? Canonical.of(NumberValue.of(total)) : NumberValue.of(total.doubleValue() + beyond);
            case MEAN -> NumberValue.of((total.doubleValue() + beyond) / count);
            case VARIANCE -> count < 2 ? NullValue.NULL : NumberValue.of(variance(total));
            case DEVIATION -> count < 2 ? NullValue.NULL : NumberValue.of(Math.sqrt(variance(total)));
        };
    }

    /** Of a sample: divided by one less than there are. */
    private double variance(BigDecimal total) {
        var squareOfSum = total.multiply(total).divide(BigDecimal.valueOf(count), MathContext.DECIMAL128);
        return squares.subtract(squareOfSum).doubleValue() / (count - 1);
    }
}
