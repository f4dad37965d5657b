package io.spanlake.storage.part.columns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Whether statistics are those of the columns. Reads all of them, and blocks. */
public final class ColumnsProof {
    private ColumnsProof() {}

    /** What is not as it is said to be, in words; empty where all is. */
    public static List<String> differences(ColumnsReader columns, List<ColumnStatistics> said) {
        var differences = new ArrayList<String>();
        if (!columns.columns()
                .equals(said.stream().map(ColumnStatistics::column).toList())) {
            differences.add("has other columns than its statistics");
            return differences;
        }
        var found = counted(columns);
        for (int i = 0; i < said.size(); i++) {
            if (!found.get(i).equals(said.get(i))) {
                differences.add(
                        "column %s does not hold what its statistics say: %d values and %d left out, not %d and %d, or other bounds or sum"
                                .formatted(
                                        said.get(i).column(),
                                        found.get(i).values(),
                                        found.get(i).leftOut(),
                                        said.get(i).values(),
                                        said.get(i).leftOut()));
            }
        }
        return differences;
    }

    private static List<ColumnStatistics> counted(ColumnsReader columns) {
        var paths = columns.columns().stream().map(Column::path).toList();
        var running = columns.columns().stream().map(RunningStatistics::new).toList();
        Map<ColumnPath, RunningStatistics> byPath = new HashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            byPath.put(paths.get(i), running.get(i));
        }
        for (var batch : columns.read(paths, 0, Math.toIntExact(columns.rows())).toIterable(1)) {
            for (int i = 0; i < paths.size(); i++) {
                count(batch.columns().get(i), running.get(i));
            }
            for (var leftOut : batch.leftOut()) {
                leftOut.stream().map(byPath::get).filter(Objects::nonNull).forEach(RunningStatistics::leftOut);
            }
        }
        return running.stream().map(RunningStatistics::toStatistics).toList();
    }

    private static void count(ColumnValues values, RunningStatistics statistics) {
        for (int row = 0; row < values.rows(); row++) {
            if (!values.isNull(row)) {
                count(values, row, statistics);
            }
        }
    }

    private static void count(ColumnValues values, int row, RunningStatistics statistics) {
        switch (values) {
            case ColumnValues.Booleans booleans -> statistics.bool(booleans.at(row));
            case ColumnValues.Integers integers -> statistics.integer(integers.at(row));
            case ColumnValues.Doubles doubles -> statistics.real(doubles.at(row));
            case ColumnValues.Times times -> statistics.time(times.at(row));
            case ColumnValues.Texts texts -> statistics.text(texts.utf8At(row));
            case ColumnValues.TextLists lists -> statistics.texts();
        }
    }
}
