package io.spanlake.query.plan;

import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.CodePoints;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.LinkedHashMap;

/** Values cut to a number of code points, with {@code ...} behind what was cut; those that are not longer stay as they are. */
public final class Previews {
    private static final String CUT = "...";

    private Previews() {}

    public static Value cut(Value value, int length, boolean byLeaf) {
        return switch (value) {
            case TextValue(var text) -> cutText(value, text, length);
            case ObjectValue(var fields)
            when byLeaf -> {
                var cut = new LinkedHashMap<String, Value>();
                fields.forEach((key, item) -> cut.put(key, cut(item, length, true)));
                yield new ObjectValue(cut);
            }
            case ObjectValue _, ArrayValue _ -> cutText(value, JsonWriter.json(value), length);
            default -> value;
        };
    }

    private static Value cutText(Value whole, String text, int length) {
        var first = CodePoints.first(text, length);
        return first.length() == text.length() ? whole : new TextValue(first + CUT);
    }
}
