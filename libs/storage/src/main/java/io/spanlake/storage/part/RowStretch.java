package io.spanlake.storage.part;

import io.spanlake.model.row.StoredRow;

/** Rows that are compressed together, with their keys. Immutable; the rows are ranges of one array. */
public final class RowStretch {
    private static final int ROW_BYTES = 240;

    private final GroupReads.Rows rows;

    RowStretch(GroupReads.Rows rows) {
        this.rows = rows;
    }

    /** @throws IndexOutOfBoundsException where the row does not lie here */
    public StoredRow row(int ordinal) {
        return rows.rows().get(ordinal - rows.group().first());
    }

    /** @throws IndexOutOfBoundsException where the row does not lie here */
    public String rowId(int ordinal) {
        return rows.entries().get(ordinal - rows.group().first()).rowId();
    }

    /** @throws IndexOutOfBoundsException where the row does not lie here */
    public PartKey key(int ordinal) {
        return PartReader.partKey(
                ordinal, rows.entries().get(ordinal - rows.group().first()));
    }

    /** Heap that it takes, about. */
    public long bytes() {
        var group = rows.group();
        return (long) group.json().uncompressedBytes()
                + group.keys().uncompressedBytes()
                + (long) group.rows() * ROW_BYTES;
    }
}
