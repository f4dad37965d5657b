package io.spanlake.query.function;

import io.spanlake.query.value.Arithmetic;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.apache.datasketches.tdigest.TDigestDouble;
import org.jspecify.annotations.Nullable;

/** Interpolated between neighbours by rank: exact up to a number of values, beyond it by a t-digest. */
final class Percentile implements Accumulator.OfNumbers {
    private static final short COMPRESSION = 200;
    private static final long EXACT_MAX = 1L << 53;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    private final int exactMax;
    private double fraction;
    private double[] numbers = new double[16];
    private int count;
    private @Nullable TDigestDouble digest;

    /** @param fraction of 0 to 1; negative where it is the second argument */
    Percentile(int exactMax, double fraction) {
        this.exactMax = exactMax;
        this.fraction = fraction;
    }

    @Override
    public void add(List<Value> arguments, Comparable<?> order) {
        if (arguments.size() > 1) {
            fraction = fraction(arguments.get(1));
        }
        if (!(Arithmetic.number(arguments.getFirst()) instanceof NumberValue number)) {
            return;
        }
        add(number.asDouble());
    }

    @Override
    public void set(List<Value> others) {
        if (!others.isEmpty()) {
            fraction = fraction(others.getFirst());
        }
    }

    @Override
    public void add(long units, int scale) {
        // Of two numbers that doubles hold the quotient is the double that is nearest to the decimal.
        add(
                Math.abs(units) <= EXACT_MAX
                        ? units / POWERS[scale]
                        : BigDecimal.valueOf(units, scale).doubleValue());
    }

    private void add(double value) {
        if (digest != null) {
            digest.update(value);
            return;
        }
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = value;
        if (count > exactMax) {
            var estimate = new TDigestDouble(COMPRESSION);
            for (int i = 0; i < count; i++) {
                estimate.update(numbers[i]);
            }
            digest = estimate;
            numbers = new double[0];
        }
    }

    private static double fraction(Value value) {
        if (value instanceof NumberValue number && number.asDouble() >= 0 && number.asDouble() <= 1) {
            return number.asDouble();
        }
        throw new IllegalArgumentException("the second argument is a number of 0 to 1, as in percentile(x, 0.95)");
    }

    @Override
    public Value result() {
        if (digest != null) {
            return NumberValue.of(digest.getQuantile(fraction));
        }
        if (count == 0) {
            return NullValue.NULL;
        }
        double rank = fraction * (count - 1);
        int below = (int) Math.floor(rank);
        double low = Ranks.at(numbers, count, below);
        double high = below + 1 < count ? Ranks.smallestBehind(numbers, count, below) : low;
        return NumberValue.of(low + (high - low) * (rank - below));
    }

    @Override
    public long bytes() {
        return digest == null ? 8L * numbers.length : 16_384;
    }

    @Override
    public boolean approximate() {
        return digest != null;
    }
}
