package io.spanlake.storage.part.columns;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What one column of a part holds. All of it is about the values in the column: where any value was left out, neither
 * bounds nor sum speak for the rows.
 *
 * @param values  rows that have a value in the column
 * @param leftOut rows that have a value at the path which the column cannot hold; each names the column in {@code _left_out}
 * @param min     smallest value, of types that have an order; empty where there is none
 * @param max     largest value
 * @param sum     exact sum of the decimal values, of types that have one; that of booleans counts what is true
 */
public record ColumnStatistics(
        Column column,
        long values,
        long leftOut,
        Optional<ColumnValue> min,
        Optional<ColumnValue> max,
        Optional<BigDecimal> sum) {
    public ColumnStatistics {
        if (values < 0 || leftOut < 0) {
            throw new IllegalArgumentException(
                    "%s: negative, %d values, %d left out".formatted(column, values, leftOut));
        }
        if (min.isPresent() != max.isPresent()) {
            throw new IllegalArgumentException("%s: one bound only".formatted(column));
        }
    }

    /** Whether the column holds the value of every row that has one. */
    public boolean exact() {
        return leftOut == 0;
    }
}
