package io.spanlake.query.plan;

import io.spanlake.query.value.Value;
import java.util.List;

/** Where a page ended: the sort keys of its last row, and its place in the order of first writes. */
public record CursorPoint(List<Value> keys, RowOrder order) {
    public CursorPoint {
        keys = List.copyOf(keys);
    }
}
