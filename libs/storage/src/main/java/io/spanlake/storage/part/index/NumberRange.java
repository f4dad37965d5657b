package io.spanlake.storage.part.index;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Numbers between two bounds, by their exact decimal value.
 *
 * @param low  null where there is no lower bound
 * @param high null where there is no upper bound
 */
public record NumberRange(
        @Nullable BigDecimal low,
        boolean lowIncluded,
        @Nullable BigDecimal high,
        boolean highIncluded) {
    public static NumberRange exactly(BigDecimal value) {
        return new NumberRange(value, true, value, true);
    }

    public static NumberRange atLeast(BigDecimal low) {
        return new NumberRange(low, true, null, false);
    }

    public static NumberRange atMost(BigDecimal high) {
        return new NumberRange(null, false, high, true);
    }

    public static NumberRange above(BigDecimal low) {
        return new NumberRange(low, false, null, false);
    }

    public static NumberRange below(BigDecimal high) {
        return new NumberRange(null, false, high, false);
    }
}
