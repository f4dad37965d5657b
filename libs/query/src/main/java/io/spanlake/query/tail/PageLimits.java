package io.spanlake.query.tail;

/**
 * A page ends at whichever it meets first; it always has one row where there is any.
 *
 * @param bytes of JSON as it was sent
 */
public record PageLimits(int rows, long bytes) {
    public PageLimits {
        if (rows < 1 || bytes < 1) {
            throw new IllegalArgumentException("a page of %d rows, %d bytes".formatted(rows, bytes));
        }
    }
}
