package io.spanlake.query.part;

import io.spanlake.model.Placement;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.storage.part.PartKey;

/** A row of a part. */
public record PartPlace(OpenPart part, PartKey key) {
    public RowPosition position() {
        return new RowPosition(key.first().paginationNumber(), Placement.hash(key.rowId()));
    }

    /** About how many bytes of JSON it has. */
    public int bytes() {
        return part.reader().bytesAround(key.ordinal());
    }
}
