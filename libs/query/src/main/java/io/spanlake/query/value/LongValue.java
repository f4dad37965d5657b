package io.spanlake.query.value;

import java.math.BigDecimal;

public record LongValue(long value) implements NumberValue {
    public static final LongValue ZERO = new LongValue(0);
    public static final LongValue ONE = new LongValue(1);

    @Override
    public BigDecimal decimal() {
        return BigDecimal.valueOf(value);
    }

    @Override
    public double asDouble() {
        return value;
    }

    @Override
    public String text() {
        return Long.toString(value);
    }
}
