package io.spanlake.compactor;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a skeleton says of a row, computed of the row as its readers see it, whose values the kit writes without spaces. */
final class NaiveSkeleton {
    private static final JsonMapper JSON = JsonMapper.shared();

    private NaiveSkeleton() {}

    static JsonNode of(String row) {
        var whole = JSON.readTree(row);
        var span = JSON.createObjectNode();
        for (var name : List.of("id", "span_id", "root_span_id", "is_root", "span_parents", "created")) {
            copy(whole, name, span);
        }
        for (var name : List.of("name", "type", "purpose")) {
            copy(whole.path("span_attributes"), name, span);
        }
        copy(whole.path("metadata"), "model", span);
        for (var name : List.of("start", "end", "prompt_tokens", "completion_tokens", "tokens", "estimated_cost")) {
            copy(whole.path("metrics"), name, span);
        }
        if (isThere(whole.path("error"))) {
            span.put("error", true);
        }
        var bytes = span.putObject("bytes").put("all", 0);
        for (var name :
                List.of("input", "output", "expected", "error", "metadata", "scores", "metrics", "tags", "context")) {
            if (isThere(whole.path(name))) {
                int size = whole.path(name).toString().getBytes(StandardCharsets.UTF_8).length;
                bytes.put(name, size);
                bytes.put("all", bytes.path("all").intValue() + size);
            }
        }
        return span;
    }

    private static void copy(JsonNode from, String name, ObjectNode target) {
        if (isThere(from.path(name))) {
            target.set(name, from.path(name));
        }
    }

    private static boolean isThere(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }
}
