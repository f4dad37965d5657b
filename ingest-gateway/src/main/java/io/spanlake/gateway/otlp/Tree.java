package io.spanlake.gateway.otlp;

import io.spanlake.model.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A row in the making: JSON that is there already as text, and objects and arrays that still grow. */
sealed interface Tree {
    /** @param json one JSON value, verbatim */
    record Leaf(String json) implements Tree {}

    record Node(Map<String, Tree> fields) implements Tree {
        Node() {
            this(new LinkedHashMap<>());
        }

        Node put(String name, Tree value) {
            fields.put(name, value);
            return this;
        }

        Node putText(String name, String text) {
            return put(name, Tree.text(text));
        }
    }

    record Row(List<Tree> elements) implements Tree {
        Row() {
            this(new ArrayList<>());
        }
    }

    static Leaf nothing() {
        return new Leaf("null");
    }

    static Leaf text(String text) {
        var json = new StringBuilder(text.length() + 2);
        JsonText.appendString(json, text);
        return new Leaf(json.toString());
    }

    static Leaf number(long number) {
        return new Leaf(Long.toString(number));
    }

    static Tree of(OtlpValue value) {
        return switch (value) {
            case OtlpValue.Text(var text) -> text(text);
            case OtlpValue.Bool(var flag) -> new Leaf(Boolean.toString(flag));
            case OtlpValue.Int(var number) -> number(number);
            case OtlpValue.Real(var text) -> isJsonNumber(text) ? new Leaf(text) : text(text);
            case OtlpValue.Bytes(var base64) -> text(base64);
            case OtlpValue.Array(var values) ->
                new Row(new ArrayList<>(values.stream().map(Tree::of).toList()));
            case OtlpValue.KeyValues(var entries) -> of(entries);
            case OtlpValue.Empty() -> nothing();
        };
    }

    /** Of a key that stands twice the last value is taken, as in JSON. */
    static Node of(List<OtlpAttribute> attributes) {
        var node = new Node();
        attributes.forEach(attribute -> node.put(attribute.key(), of(attribute.value())));
        return node;
    }

    /** JSON has no infinity and no NaN: they stay texts. */
    private static boolean isJsonNumber(String text) {
        char last = text.charAt(text.length() - 1);
        return last >= '0' && last <= '9';
    }

    default void appendTo(StringBuilder json) {
        switch (this) {
            case Leaf(var text) -> json.append(text);
            case Node(var fields) -> {
                char before = '{';
                for (var field : fields.entrySet()) {
                    json.append(before);
                    JsonText.appendString(json, field.getKey());
                    json.append(':');
                    field.getValue().appendTo(json);
                    before = ',';
                }
                json.append(fields.isEmpty() ? "{}" : "}");
            }
            case Row(var elements) -> {
                char before = '[';
                for (var element : elements) {
                    json.append(before);
                    element.appendTo(json);
                    before = ',';
                }
                json.append(elements.isEmpty() ? "[]" : "]");
            }
        }
    }
}
