package io.spanlake.storage.part;

import io.spanlake.model.row.StoredRow;
import java.util.List;

/** Rows that are compressed together, with their keys. Immutable; the rows are ranges of one array. */
public final class RowStretch {
    private static final int ROW_BYTES = 240;

    private final RowGroup group;
    private final List<RowEntry> entries;
    private final List<StoredRow> rows;

    /** What was read beside the rows, their compressed frame, is not kept. */
    RowStretch(GroupReads.Rows read) {
        this.group = read.group();
        this.entries = read.entries();
        this.rows = read.rows();
    }

    /** @throws IndexOutOfBoundsException where the row does not lie here */
    public StoredRow row(int ordinal) {
        return rows.get(ordinal - group.first());
    }

    /** @throws IndexOutOfBoundsException where the row does not lie here */
    public String rowId(int ordinal) {
        return entries.get(ordinal - group.first()).rowId();
    }

    /** @throws IndexOutOfBoundsException where the row does not lie here */
    public PartKey key(int ordinal) {
        return PartReader.partKey(ordinal, entries.get(ordinal - group.first()));
    }

    /** Heap that it takes, about. */
    public long bytes() {
        return (long) group.json().uncompressedBytes()
                + group.keys().uncompressedBytes()
                + (long) group.rows() * ROW_BYTES;
    }
}
