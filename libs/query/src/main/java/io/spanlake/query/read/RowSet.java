package io.spanlake.query.read;

import io.spanlake.query.tail.RowPlaces;
import java.util.List;

/** Rows to be fetched, and about how large they are. */
record RowSet(List<RowPlaces> rows, long bytes, long largestBytes) {
    static RowSet of(List<RowPlaces> rows) {
        return new RowSet(
                rows,
                rows.stream().mapToLong(RowPlaces::bytes).sum(),
                rows.stream().mapToLong(RowPlaces::bytes).max().orElse(0));
    }

    RowSet inOrder(List<RowPlaces> ordered) {
        return new RowSet(ordered, bytes, largestBytes);
    }
}
