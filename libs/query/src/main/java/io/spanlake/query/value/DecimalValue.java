package io.spanlake.query.value;

import java.math.BigDecimal;

/**
 * A number that is no 64-bit integer, or was not written as one.
 *
 * @param text as it was sent, or the shortest there is
 */
public record DecimalValue(BigDecimal decimal, String text) implements NumberValue {
    private static final int EXPONENT_CEILING = 1 << 30;

    static DecimalValue of(BigDecimal decimal) {
        return new DecimalValue(decimal, decimal.toString());
    }

    static NumberValue parse(String text) {
        try {
            var decimal = new BigDecimal(text);
            if (decimal.scale() == 0 && decimal.precision() <= 19 && !text.equals("-0")) {
                var whole = NumberValue.of(decimal);
                if (whole instanceof LongValue) {
                    return whole;
                }
            }
            return new DecimalValue(decimal, text);
        } catch (NumberFormatException | ArithmeticException e) {
            // An exponent beyond what a decimal can have: compared as the largest there is, as the index does.
            boolean tiny = text.contains("e-") || text.contains("E-");
            var unit = text.startsWith("-") ? BigDecimal.ONE.negate() : BigDecimal.ONE;
            return new DecimalValue(unit.scaleByPowerOfTen(tiny ? -EXPONENT_CEILING : EXPONENT_CEILING), text);
        }
    }

    @Override
    public double asDouble() {
        return decimal.doubleValue();
    }
}
