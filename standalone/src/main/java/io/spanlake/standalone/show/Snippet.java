package io.spanlake.standalone.show;

import tools.jackson.databind.JsonNode;

/** The beginning of a value on one line: of a conversation its last message, of a text its words, else JSON. Pure. */
final class Snippet {
    private Snippet() {}

    static String of(JsonNode value, int charsMax) {
        var text = words(value).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        if (text.codePointCount(0, text.length()) <= charsMax) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, charsMax - 1)) + "…";
    }

    private static String words(JsonNode value) {
        if (value.isString()) {
            return value.asString();
        }
        if (value.path("messages").isArray()) {
            return words(value.path("messages"));
        }
        if (value.isArray() && !value.isEmpty() && value.path(value.size() - 1).has("role")) {
            return message(value.path(value.size() - 1));
        }
        return value.has("role") ? message(value) : value.toString();
    }

    private static String message(JsonNode message) {
        var content = message.path("content");
        var said = content.isString()
                ? content.asString()
                : content.isMissingNode() || content.isNull() ? "" : content.toString();
        var calls = message.path("tool_calls");
        return "%s: %s%s"
                .formatted(
                        message.path("role").asString(),
                        said,
                        calls.isArray() && !calls.isEmpty() ? " → " + calls : "");
    }
}
