package io.spanlake.standalone.show;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The answer of a query as a table for a terminal: numbers to the right, long values cut, empty where null. */
public final class ResultTable {
    private static final int CELL_CHARS_MAX = 48;

    private ResultTable() {}

    /** @param answer as {@code POST /btql} gives it */
    public static String of(JsonNode answer) {
        var names = names(answer);
        var data = answer.path("data");
        if (names.isEmpty()) {
            return "no rows\n";
        }
        var cells = new ArrayList<List<String>>();
        cells.add(names.stream().map(ResultTable::cut).toList());
        for (var row : data) {
            cells.add(names.stream().map(name -> cut(text(row.path(name)))).toList());
        }
        var text = new StringBuilder();
        var widths = widths(cells);
        for (int i = 0; i < cells.size(); i++) {
            text.append(line(cells.get(i), widths, i == 0 ? List.of() : numbers(data.get(i - 1), names)));
            if (i == 0) {
                text.append(rule(widths));
            }
        }
        text.append(data.size() == 1 ? "1 row" : data.size() + " rows");
        if (answer.hasNonNull("cursor")) {
            text.append("; more follow: --cursor ").append(answer.path("cursor").asString(""));
        }
        return text.append('\n').toString();
    }

    private static List<String> names(JsonNode answer) {
        var names =
                new LinkedHashSet<String>(answer.at("/schema/items/properties").propertyNames());
        answer.path("data").forEach(row -> names.addAll(row.propertyNames()));
        return List.copyOf(names);
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static String cut(String text) {
        var line = text.replaceAll("\\s+", " ");
        return line.length() <= CELL_CHARS_MAX ? line : line.substring(0, CELL_CHARS_MAX - 1) + "…";
    }

    private static int[] widths(List<List<String>> cells) {
        var widths = new int[cells.getFirst().size()];
        for (var row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static List<Boolean> numbers(JsonNode row, List<String> names) {
        return names.stream().map(name -> row.path(name).isNumber()).toList();
    }

    private static String line(List<String> cells, int[] widths, List<Boolean> numbers) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            boolean right = !numbers.isEmpty() && numbers.get(i);
            line.append(i == 0 ? "" : "  ");
            line.append(("%" + (right ? "" : "-") + Math.max(1, widths[i]) + "s").formatted(cells.get(i)));
        }
        return line.toString().stripTrailing() + "\n";
    }

    private static String rule(int[] widths) {
        var rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "" : "  ").append("─".repeat(Math.max(1, widths[i])));
        }
        return rule.append('\n').toString();
    }
}
