package io.spanlake.query.match;

import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;

/**
 * {@code haystack INCLUDES needle}. In an array: an equal item, or, of an array, all of its items. In an object: an object key
 * by key, or a key or value. In a string: a part. In null nothing.
 */
public final class Containment {
    private Containment() {}

    public static boolean includes(Value haystack, Value needle) {
        return switch (haystack) {
            case ArrayValue array -> inArray(array, needle);
            case ObjectValue object -> inObject(object, needle);
            case TextValue(var text) -> needle instanceof TextValue(var part) && text.contains(part);
            default -> !haystack.isNull() && !needle.isNull() && Compare.same(haystack, needle);
        };
    }

    private static boolean inArray(ArrayValue array, Value needle) {
        if (array.items().stream().anyMatch(item -> same(item, needle))) {
            return true;
        }
        return needle instanceof ArrayValue(var all)
                && all.stream().allMatch(one -> array.items().stream().anyMatch(item -> same(item, one)));
    }

    private static boolean inObject(ObjectValue object, Value needle) {
        if (needle instanceof ObjectValue(var fields)) {
            return fields.entrySet().stream()
                    .allMatch(field -> object.fields().containsKey(field.getKey())
                            && (same(object.get(field.getKey()), field.getValue())
                                    || (object.get(field.getKey()) instanceof ObjectValue inner
                                            && field.getValue() instanceof ObjectValue
                                            && inObject(inner, field.getValue()))));
        }
        return (needle instanceof TextValue(var key) && object.fields().containsKey(key))
                || object.fields().values().stream().anyMatch(value -> same(value, needle));
    }

    private static boolean same(Value a, Value b) {
        if (a.isNull() || b.isNull()) {
            return a.isNull() && b.isNull();
        }
        return Compare.same(a, b);
    }
}
