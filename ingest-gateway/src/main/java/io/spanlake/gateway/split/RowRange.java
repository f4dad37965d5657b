package io.spanlake.gateway.split;

import io.spanlake.gateway.row.RowKeys;

/**
 * Where a row of a body lies.
 *
 * @param first place of its first byte in the body
 */
public record RowRange(RowKeys keys, long first, int bytes) {
    public long next() {
        return first + bytes;
    }
}
