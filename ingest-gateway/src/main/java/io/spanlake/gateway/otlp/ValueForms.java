package io.spanlake.gateway.otlp;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonCheck;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.model.json.JsonObjectFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attribute values in the forms that the mapping table names. A text that does not fit its form stays a text. */
final class ValueForms {
    private final JsonLimits limits;

    /** @param limits of JSON that comes inside a text; beyond them it stays a text */
    ValueForms(JsonLimits limits) {
        this.limits = limits;
    }

    /** Text that is JSON becomes that JSON; anything else stays what it is. */
    Tree json(OtlpValue value) {
        return value instanceof OtlpValue.Text(var text) && isJson(text) ? new Tree.Leaf(text) : Tree.of(value);
    }

    /** As {@link #json}, but only an object, an array or a quoted text: {@code 42} as text is a text that says 42. */
    Tree structured(OtlpValue value) {
        return value instanceof OtlpValue.Text(var text) ? structured(text) : Tree.of(value);
    }

    Tree structured(String text) {
        return looksStructured(text) && isJson(text) ? new Tree.Leaf(text) : Tree.text(text);
    }

    /** The fields of an object, in binary or as JSON text; empty where the value is none. */
    Optional<Tree.Node> object(OtlpValue value) {
        return switch (value) {
            case OtlpValue.KeyValues(var entries) -> Optional.of(Tree.of(entries));
            case OtlpValue.Text(var text)
            when text.stripLeading().startsWith("{") && isJson(text) -> Optional.of(fieldsOf(text));
            default -> Optional.empty();
        };
    }

    private static Tree.Node fieldsOf(String object) {
        var node = new Tree.Node();
        for (JsonField field : JsonObjectFields.of(ByteSlice.ofUtf8(object))) {
            node.put(field.name(), new Tree.Leaf(field.value().toUtf8()));
        }
        return node;
    }

    /** An array of texts: as an array, as the JSON text of one, or a single text. Empty where the value is none of these. */
    Optional<Tree> texts(OtlpValue value) {
        return switch (value) {
            case OtlpValue.Array array -> Optional.of(Tree.of(array));
            case OtlpValue.Text(var text)
            when text.stripLeading().startsWith("[") && isJson(text) -> Optional.of(new Tree.Leaf(text));
            case OtlpValue.Text text -> Optional.of(new Tree.Row(new ArrayList<>(List.of(Tree.of(text)))));
            default -> Optional.empty();
        };
    }

    /** A number, also where it came as text. Empty where the value is none. */
    Optional<Tree> number(OtlpValue value) {
        return switch (value) {
            case OtlpValue.Int number -> Optional.of(Tree.of(number));
            case OtlpValue.Real(var text) when endsInDigit(text) -> Optional.of(new Tree.Leaf(text));
            case OtlpValue.Text(var text)
            when endsInDigit(text) && !text.startsWith("\"") && isJson(text) -> Optional.of(new Tree.Leaf(text));
            default -> Optional.empty();
        };
    }

    private static boolean endsInDigit(String text) {
        return !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1));
    }

    private static boolean looksStructured(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[") || start.startsWith("\"");
    }

    /** A text with a bare lone surrogate has no UTF-8 and so is no JSON. */
    private boolean isJson(String text) {
        return isWellFormed(text)
                && JsonCheck.check(ByteSlice.ofUtf8(text), limits).isEmpty();
    }

    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
