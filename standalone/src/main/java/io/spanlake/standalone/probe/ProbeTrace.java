package io.spanlake.standalone.probe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One trace of a probe: rows that say by their place what they have to hold, so that nothing has to be remembered.
 *
 * @param run    names this probe and no other
 * @param number of the trace, from 0
 */
record ProbeTrace(String run, long number) {
    static final int ROWS = 10;

    /** A row as it was read. */
    record Row(String id, String input, String output) {}

    /** @param what {@code lost}, {@code doubled} or {@code wrong} */
    record Finding(String what, String row) {}

    String id() {
        return "probe-%s-%d".formatted(run, number);
    }

    private String rowId(int row) {
        return id() + "-" + row;
    }

    private String input(int row) {
        return "sent %d %d".formatted(number, row);
    }

    private String output(int row) {
        return row % 2 == 0 ? "" : "merged %d %d".formatted(number, row);
    }

    List<Map<String, Object>> inserts(String project) {
        return IntStream.range(0, ROWS)
                .<Map<String, Object>>mapToObj(row -> Map.of(
                        "id", rowId(row),
                        "project_id", project,
                        "log_id", "g",
                        "root_span_id", id(),
                        "span_id", rowId(row),
                        "input", input(row)))
                .toList();
    }

    /** Half of the rows are finished later, by their ids alone. */
    List<Map<String, Object>> merges(String project) {
        return IntStream.range(0, ROWS)
                .filter(row -> !output(row).isEmpty())
                .<Map<String, Object>>mapToObj(row -> Map.of(
                        "id",
                        rowId(row),
                        "project_id",
                        project,
                        "log_id",
                        "g",
                        "_is_merge",
                        true,
                        "output",
                        output(row)))
                .toList();
    }

    List<Map<String, Object>> deletes(String project) {
        return IntStream.range(0, ROWS)
                .<Map<String, Object>>mapToObj(
                        row -> Map.of("id", rowId(row), "project_id", project, "log_id", "g", "_object_delete", true))
                .toList();
    }

    /** What is not as it was acknowledged. */
    List<Finding> compare(List<Row> read) {
        var findings = new ArrayList<Finding>();
        var met = new HashSet<String>();
        for (var row : read) {
            if (!met.add(row.id())) {
                findings.add(new Finding("doubled", row.id()));
            }
        }
        for (int place = 0; place < ROWS; place++) {
            var expected = new Row(rowId(place), input(place), output(place));
            if (!met.remove(expected.id())) {
                findings.add(new Finding("lost", expected.id()));
            } else if (!read.contains(expected)) {
                findings.add(new Finding("wrong", expected.id()));
            }
        }
        met.forEach(id -> findings.add(new Finding("wrong", id)));
        return findings;
    }

    /** The same after all of it was deleted. */
    static List<Finding> compareDeleted(List<Row> read) {
        return read.stream().map(row -> new Finding("wrong", row.id())).toList();
    }
}
