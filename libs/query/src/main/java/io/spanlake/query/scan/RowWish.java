package io.spanlake.query.scan;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.row.RowState;
import io.spanlake.query.execute.ScanWatch;
import io.spanlake.query.tail.RowPlaces;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/**
 * What a reader wants of rows.
 *
 * @param fields top-level ones that are read; empty where all may be
 * @param bytes  what rows are left out by that need not be taken apart
 * @param watch  told of all rows that were looked at
 */
record RowWish(Optional<Set<String>> fields, Optional<RowBytes> bytes, ScanWatch watch) {
    boolean admits(RowState state, RowPlaces row) {
        if (bytes.isEmpty() || state.deleted()) {
            return true;
        }
        var pieces = new ArrayList<ByteSlice>();
        state.forEachPiece(pieces::add);
        boolean admitted = bytes.get().mayBeIn(pieces);
        if (!admitted) {
            watch.leftOut(PlaceNames.of(row), 1, state.bytes());
        }
        return admitted;
    }
}
