package io.spanlake.acceptance;

import io.spanlake.acceptance.RawJson.Fields;
import java.util.HashSet;
import java.util.Set;

/** Every string in a value, decoded; and in strings that are JSON themselves, every string of that. */
final class Texts {
    private Texts() {}

    static Set<String> of(RawJson value) {
        var texts = new HashSet<String>();
        collect(value, texts);
        return texts;
    }

    /** The strings of an OTLP attribute; of one that is JSON text, those within. */
    static Set<String> ofAttribute(Fields value) {
        var texts = new HashSet<String>();
        value.fields().forEach((form, content) -> {
            switch (form) {
                case "stringValue" -> collectText(content.text(), texts);
                case "arrayValue" ->
                    content.asObject().get("values").asList().forEach(one -> texts.addAll(ofAttribute(one.asObject())));
                case "kvlistValue" ->
                    content.asObject()
                            .get("values")
                            .asList()
                            .forEach(pair -> texts.addAll(
                                    ofAttribute(pair.asObject().get("value").asObject())));
                default -> {}
            }
        });
        return texts;
    }

    private static void collectText(String text, Set<String> texts) {
        if (text.startsWith("{") || text.startsWith("[") || text.startsWith("\"")) {
            try {
                collect(RawJson.parse(text), texts);
                return;
            } catch (RuntimeException noJson) {
                // Then it is a text like any other.
            }
        }
        texts.add(text);
    }

    private static void collect(RawJson value, Set<String> texts) {
        switch (value) {
            case RawJson.Scalar scalar -> {
                if (scalar.written().startsWith("\"")) {
                    collectText(scalar.text(), texts);
                }
            }
            case RawJson.Array(var elements) -> elements.forEach(element -> collect(element, texts));
            case Fields(var fields) -> fields.values().forEach(field -> collect(field, texts));
        }
    }
}
