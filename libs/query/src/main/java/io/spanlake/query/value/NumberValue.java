package io.spanlake.query.value;

import java.math.BigDecimal;

/** A number, exact: a 64-bit integer where it is one, else a decimal. */
public sealed interface NumberValue extends Value permits LongValue, DecimalValue {
    /** Digits before or behind the point that are still computed with exactly; numbers beyond are taken as doubles. */
    int EXPONENT_MAX = 400;

    BigDecimal decimal();

    /** May be infinite where the number is larger than any double. */
    double asDouble();

    /** As JSON has it: of a row's number the text that was sent. */
    String text();

    /** Of a double its shortest decimal; null where it is not finite. */
    static Value of(double number) {
        if (!Double.isFinite(number)) {
            return NullValue.NULL;
        }
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return new LongValue((long) number);
        }
        return DecimalValue.of(BigDecimal.valueOf(number));
    }

    /** An integer where it is one of 64 bits. */
    static NumberValue of(BigDecimal number) {
        int integerDigits = number.precision() - number.scale();
        if (integerDigits > 19 || number.scale() > EXPONENT_MAX) {
            return DecimalValue.of(number);
        }
        if (number.scale() > 0 && number.stripTrailingZeros().scale() > 0) {
            return DecimalValue.of(number);
        }
        try {
            return new LongValue(number.longValueExact());
        } catch (ArithmeticException e) {
            return DecimalValue.of(number);
        }
    }

    /** Of a JSON number's text, which is kept. */
    static NumberValue parse(String text) {
        if (text.length() <= 18 && isInteger(text)) {
            return new LongValue(Long.parseLong(text));
        }
        return DecimalValue.parse(text);
    }

    private static boolean isInteger(String text) {
        for (int i = text.charAt(0) == '-' ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return !text.equals("-0");
    }
}
