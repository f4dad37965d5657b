package io.spanlake.storage.part.columns;

import java.util.List;

/**
 * A columns file that is whole.
 *
 * @param bytes      of the file
 * @param statistics of every column, in the order of the file
 * @param complete   whether every number below {@code metrics} and {@code scores} lies at the path of a column; so that where
 *                   there is no column there is no number
 */
public record WrittenColumns(long rows, long bytes, List<ColumnStatistics> statistics, boolean complete) {
    public WrittenColumns {
        statistics = List.copyOf(statistics);
    }
}
