package io.spanlake.query.value;

import io.spanlake.model.IsoTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Points in time from what stands for them: ISO-8601 with or without time and zone (UTC where there is none), or seconds
 * since 1970 (milliseconds where larger than 10^11).
 */
public final class Times {
    private static final BigDecimal LARGEST_SECONDS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal LARGEST = BigDecimal.valueOf(30_000_000_000_000_000L);

    private Times() {}

    public static Value of(Value value) {
        return switch (value) {
            case TimeValue time -> time;
            case TextValue(var text) ->
                IsoTime.parse(text).<Value>map(at -> TimeValue.of(at, text)).orElse(NullValue.NULL);
            case NumberValue number -> ofEpoch(number.decimal());
            default -> NullValue.NULL;
        };
    }

    private static Value ofEpoch(BigDecimal number) {
        if (number.abs().compareTo(LARGEST) > 0 || number.scale() > NumberValue.EXPONENT_MAX) {
            return NullValue.NULL;
        }
        var seconds = number.abs().compareTo(LARGEST_SECONDS) > 0 ? number.movePointLeft(3) : number;
        var whole = seconds.setScale(0, RoundingMode.FLOOR);
        var nanos = seconds.subtract(whole).multiply(NANOS).setScale(0, RoundingMode.HALF_UP);
        try {
            return TimeValue.of(Instant.ofEpochSecond(whole.longValueExact(), nanos.longValueExact()));
        } catch (DateTimeException | ArithmeticException e) {
            return NullValue.NULL;
        }
    }
}
