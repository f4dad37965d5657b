package io.spanlake.compactor;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonObjectFields;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a skeleton says of a row, computed of the row as its readers see it: numbers of metrics that are numbers, names that
 * are no objects, and sizes of the values as they were sent.
 */
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
            copyWhere(JsonNode::isValueNode, whole.path("span_attributes"), name, span);
        }
        copyWhere(JsonNode::isValueNode, whole.path("metadata"), "model", span);
        for (var name : List.of("start", "end", "prompt_tokens", "completion_tokens", "tokens", "estimated_cost")) {
            copyWhere(JsonNode::isNumber, whole.path("metrics"), name, span);
        }
        if (isThere(whole.path("error"))) {
            span.put("error", true);
        }
        var sent = JsonObjectFields.lastOf(ByteSlice.ofUtf8(row));
        var bytes = span.putObject("bytes").put("all", 0);
        for (var name :
                List.of("input", "output", "expected", "error", "metadata", "scores", "metrics", "tags", "context")) {
            if (isThere(whole.path(name))) {
                int size = Objects.requireNonNull(sent.get(name)).value().length();
                bytes.put(name, size);
                bytes.put("all", bytes.path("all").intValue() + size);
            }
        }
        return span;
    }

    private static void copyWhere(Predicate<JsonNode> wanted, JsonNode from, String name, ObjectNode target) {
        if (wanted.test(from.path(name))) {
            copy(from, name, target);
        }
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
