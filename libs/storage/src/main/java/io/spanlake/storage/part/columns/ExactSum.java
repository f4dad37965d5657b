package io.spanlake.storage.part.columns;

import java.math.BigDecimal;

/** A sum of decimal numbers that does not depend on their order, since nothing is rounded. Not thread-safe. */
final class ExactSum {
    private long whole;
    private BigDecimal rest = BigDecimal.ZERO;

    void add(long value) {
        long sum = whole + value;
        if (((whole ^ sum) & (value ^ sum)) < 0) {
            rest = rest.add(BigDecimal.valueOf(whole));
            whole = value;
        } else {
            whole = sum;
        }
    }

    /** Adds the number that the double's shortest decimal form says. */
    void add(double value) {
        if (value == (long) value && Math.abs(value) < 0x1p53) {
            add((long) value);
        } else {
            rest = rest.add(BigDecimal.valueOf(value));
        }
    }

    /** Without zeros at its end. */
    BigDecimal total() {
        return rest.add(BigDecimal.valueOf(whole)).stripTrailingZeros();
    }
}
