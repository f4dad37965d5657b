package io.spanlake.query.column;

import io.spanlake.query.column.ColumnVector.Fixed;
import java.math.BigDecimal;
import java.util.Optional;

/** Doubles as whole multiples of 1, 0.001, 0.000001 or 0.000000001, where all of them are: times and amounts mostly are. */
final class Decimals {
    private static final int[] SCALES = {0, 3, 6};
    private static final double[] POWERS = {1, 1e3, 1e6};
    /** Below it no two decimals of a scale are the same double, so the nearest one is the one that was meant. */
    private static final double SURE = 1e15;

    private static final double MAX = 9e15;

    /** Of the clock of a language that counts seconds in doubles: some 1,800,000,000.1234567. */
    private static final int FINE_SCALE = 9;

    private static final BigDecimal FINE_MAX = BigDecimal.valueOf(1L << 61);

    private Decimals() {}

    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    record Units(long[] units, int scale) {}

    /** @param numbers NaN where there is none */
    static Optional<Units> fixed(double[] numbers, int count) {
        var units = new long[count];
        for (int i = 0; i < SCALES.length; i++) {
            if (fill(numbers, count, POWERS[i], SCALES[i], units)) {
                return Optional.of(new Units(units, SCALES[i]));
            }
        }
        return fillFine(numbers, count, units) ? Optional.of(new Units(units, FINE_SCALE)) : Optional.empty();
    }

    /** By the digits that say which double it is: so many are no product of doubles any more. */
    private static boolean fillFine(double[] numbers, int count, long[] units) {
        for (int row = 0; row < count; row++) {
            if (Double.isNaN(numbers[row])) {
                units[row] = Fixed.NULL;
                continue;
            }
            if (Double.isInfinite(numbers[row])) {
                return false;
            }
            var scaled =
                    BigDecimal.valueOf(numbers[row]).movePointRight(FINE_SCALE).stripTrailingZeros();
            if (scaled.scale() > 0 || scaled.abs().compareTo(FINE_MAX) >= 0) {
                return false;
            }
            units[row] = scaled.longValueExact();
        }
        return true;
    }

    private static boolean fill(double[] numbers, int count, double power, int scale, long[] units) {
        for (int row = 0; row < count; row++) {
            double number = numbers[row];
            if (Double.isNaN(number)) {
                units[row] = Fixed.NULL;
                continue;
            }
            double scaled = Math.rint(number * power);
            if (!(Math.abs(scaled) < MAX) || scaled / power != number) {
                return false;
            }
            units[row] = (long) scaled;
            if (Math.abs(scaled) >= SURE && !isWritten(number, units[row], scale)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWritten(double number, long units, int scale) {
        return BigDecimal.valueOf(number).compareTo(BigDecimal.valueOf(units, scale)) == 0;
    }
}
