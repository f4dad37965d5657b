package io.spanlake.gateway.xact;

import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;

/**
 * Stamps that one request may use: {@code count} positions of a transaction from {@code firstPosition} up.
 */
public record TransactionRange(TransactionId id, int firstPosition, int count) {
    /** Rows that one transaction can count. */
    public static final int ROWS_MAX = Stamp.POSITION_MAX + 1;

    public TransactionRange {
        if (firstPosition < 0 || count < 1 || firstPosition + count > ROWS_MAX) {
            throw new IllegalArgumentException("positions [%d, +%d)".formatted(firstPosition, count));
        }
    }

    public Stamp stamp(int row) {
        return new Stamp(id, firstPosition + row);
    }
}
