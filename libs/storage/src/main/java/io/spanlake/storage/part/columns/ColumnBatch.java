package io.spanlake.storage.part.columns;

import java.util.List;

/**
 * Some rows of a part that follow one another.
 *
 * @param first   ordinal of the first row
 * @param columns in the order asked for
 * @param leftOut by row, the columns of the file (asked for or not) that cannot hold the row's value: there the row itself
 *                has to be read
 */
public record ColumnBatch(int first, int rows, List<ColumnValues> columns, List<List<ColumnPath>> leftOut) {
    public ColumnBatch {
        columns = List.copyOf(columns);
        leftOut = List.copyOf(leftOut);
    }

    /** Whether the column is null because it cannot hold what the row has. */
    public boolean isLeftOut(int row, ColumnPath path) {
        return leftOut.get(row).contains(path);
    }
}
