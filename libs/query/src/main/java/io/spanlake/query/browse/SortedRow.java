package io.spanlake.query.browse;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.plan.CursorPoint;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.Value;
import java.util.Comparator;
import java.util.List;

/** A row of a list: where it stands, and what is shown of it. */
record SortedRow(CursorPoint place, ByteSlice json) {
    /** As queries sort: nulls last in both directions, rows with equal keys newest first. */
    static Comparator<CursorPoint> order(List<SortKey> keys) {
        return (a, b) -> {
            for (int i = 0; i < keys.size(); i++) {
                int order = compare(keys.get(i), a.keys().get(i), b.keys().get(i));
                if (order != 0) {
                    return order;
                }
            }
            return b.order().compareTo(a.order());
        };
    }

    private static int compare(SortKey key, Value a, Value b) {
        if (a.isNull() || b.isNull()) {
            int nullsLast = Boolean.compare(a.isNull(), b.isNull());
            return key.nullsFirst() ? -nullsLast : nullsLast;
        }
        int order = Compare.SORTED.compare(a, b);
        return key.descending() ? -order : order;
    }
}
