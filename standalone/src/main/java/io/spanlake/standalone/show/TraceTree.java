package io.spanlake.standalone.show;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A trace as a tree of spans: name, type, duration, tokens, scores, and the beginning of what went in and came out. Pure.
 */
public final class TraceTree {
    private static final int SNIPPET = 96;
    private static final int SPANS_SHOWN = 24;

    private final Map<String, List<JsonNode>> children = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private int shown;

    private TraceTree() {}

    /** @param rows of one trace, in order of start; a span whose parent is missing stands at the top */
    public static String of(Iterable<JsonNode> rows) {
        var tree = new TraceTree();
        var ids = new ArrayList<String>();
        rows.forEach(row -> ids.add(row.path("span_id").asString("")));
        for (var row : rows) {
            var parent = row.path("span_parents").path(0).asString("");
            boolean top =
                    !ids.contains(parent) || parent.equals(row.path("span_id").asString(""));
            tree.children
                    .computeIfAbsent(top ? "" : parent, _ -> new ArrayList<>())
                    .add(row);
        }
        tree.append("", "");
        if (ids.size() > tree.shown) {
            tree.text.append("  … and %d more spans%n".formatted(ids.size() - tree.shown));
        }
        return tree.text.toString();
    }

    private void append(String parent, String indent) {
        var spans = children.getOrDefault(parent, List.of());
        for (int i = 0; i < spans.size() && shown < SPANS_SHOWN; i++) {
            boolean last = i == spans.size() - 1;
            boolean top = parent.isEmpty();
            var span = spans.get(i);
            shown++;
            text.append("  ")
                    .append(indent)
                    .append(top ? "" : last ? "└─ " : "├─ ")
                    .append(head(span))
                    .append('\n');
            var below = indent + (top ? "" : last ? "   " : "│  ");
            snippets(span, below + (children.containsKey(idOf(span)) ? "│    " : "     "));
            append(idOf(span), below);
        }
    }

    private static String idOf(JsonNode span) {
        return span.path("span_id").asString("");
    }

    private static String head(JsonNode span) {
        var attributes = span.path("span_attributes");
        var words = new ArrayList<String>();
        words.add("%s [%s]"
                .formatted(
                        attributes.path("name").asString("?"),
                        attributes.path("type").asString("?")));
        var metrics = span.path("metrics");
        if (metrics.has("start") && metrics.has("end")) {
            words.add(duration(
                    metrics.path("end").asDouble() - metrics.path("start").asDouble()));
        }
        if (metrics.has("tokens")) {
            words.add("%,d tokens".formatted(metrics.path("tokens").asLong()));
        }
        if (span.path("scores").isObject() && !span.path("scores").isEmpty()) {
            words.add(scores(span.path("scores")));
        }
        return String.join("  ", words);
    }

    private static String duration(double seconds) {
        var duration = Duration.ofNanos(Math.round(Math.max(0, seconds) * 1e9));
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        return duration.toMinutes() < 2
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                : duration.toMinutes() + " min";
    }

    private static String scores(JsonNode scores) {
        var sorted = new TreeMap<String, String>();
        scores.propertyStream()
                .forEach(score -> sorted.put(score.getKey(), score.getValue().asString("–")));
        return sorted.entrySet().stream()
                .map(score -> score.getKey() + " " + score.getValue())
                .collect(Collectors.joining(", "));
    }

    private void snippets(JsonNode span, String indent) {
        snippet("in ", span.path("input"), indent);
        snippet("out", span.path("output"), indent);
        snippet("err", span.path("error"), indent);
    }

    private void snippet(String title, JsonNode value, String indent) {
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        text.append("  ")
                .append(indent)
                .append(title)
                .append("  ")
                .append(Snippet.of(value, SNIPPET))
                .append('\n');
    }
}
