package io.spanlake.query.scan;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.row.RowState;
import io.spanlake.query.execute.ScanWatch;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/**
 * What a reader wants of rows.
 *
 * @param fields top-level ones that are read; empty where all may be
 * @param bytes  what rows are left out by that need not be taken apart
 * @param watch  told of these
 */
record RowWish(Optional<Set<String>> fields, Optional<RowBytes> bytes, ScanWatch watch) {
    boolean admits(RowState state) {
        if (bytes.isEmpty() || state.deleted()) {
            return true;
        }
        var pieces = new ArrayList<ByteSlice>();
        state.forEachPiece(pieces::add);
        boolean admitted = bytes.get().mayBeIn(pieces);
        if (!admitted) {
            watch.leftOut(1, state.bytes());
        }
        return admitted;
    }
}
