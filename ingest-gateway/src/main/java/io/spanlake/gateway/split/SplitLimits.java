package io.spanlake.gateway.split;

import io.spanlake.model.json.JsonLimits;

/**
 * What rows may be.
 *
 * @param rowsMax     rows of one request
 * @param rowBytesMax bytes of one row's JSON
 * @param row         depth, keys, keys' and numbers' lengths within one row
 */
public record SplitLimits(int rowsMax, int rowBytesMax, JsonLimits row) {
    public SplitLimits {
        if (rowsMax < 1 || rowBytesMax < 2) {
            throw new IllegalArgumentException("rowsMax %d, rowBytesMax %d".formatted(rowsMax, rowBytesMax));
        }
    }
}
