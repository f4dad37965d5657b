package io.spanlake.traces;

import io.spanlake.model.json.JsonText;
import java.util.List;

/** Writes one JSON object, field by field. */
final class JsonObject {
    private final StringBuilder json = new StringBuilder("{");

    JsonObject text(String name, String value) {
        return json(name, quoted(value));
    }

    JsonObject number(String name, long value) {
        return json(name, Long.toString(value));
    }

    JsonObject json(String name, String value) {
        if (json.length() > 1) {
            json.append(',');
        }
        JsonText.appendString(json, name);
        json.append(':').append(value);
        return this;
    }

    static String quoted(String text) {
        var json = new StringBuilder(text.length() + 2);
        JsonText.appendString(json, text);
        return json.toString();
    }

    static String array(List<String> values) {
        return "[" + String.join(",", values) + "]";
    }

    static String arrayOfTexts(List<String> texts) {
        return array(texts.stream().map(JsonObject::quoted).toList());
    }

    /** A chat message. */
    static String message(String role, String content) {
        return new JsonObject().text("role", role).text("content", content).toString();
    }

    @Override
    public String toString() {
        return json + "}";
    }
}
