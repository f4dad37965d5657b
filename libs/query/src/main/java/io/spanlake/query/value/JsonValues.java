package io.spanlake.query.value;

import io.spanlake.model.AbandonedException;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonCheck;
import io.spanlake.model.json.JsonCursor;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.model.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/** JSON as values. Recurses once a level; JSON of rows is at most {@link JsonLimits#DEPTH_CEILING} deep. */
public final class JsonValues {
    private final JsonCursor cursor = new JsonCursor();
    private int count;

    /** @param json one value that was checked: a row, or a part of one */
    public static Value of(ByteSlice json) {
        var values = new JsonValues();
        values.cursor.reset(json);
        return values.value(values.cursor.next());
    }

    /** Empty where the text is no JSON. */
    public static Optional<Value> parse(String text) {
        var bytes = ByteSlice.of(text.getBytes(StandardCharsets.UTF_8));
        return JsonCheck.check(bytes, JsonLimits.DEFAULT).isPresent() ? Optional.empty() : Optional.of(of(bytes));
    }

    private JsonValues() {}

    private Value value(JsonCursor.Event event) {
        AbandonedException.checkAt(++count);
        return switch (event) {
            case STRING -> new TextValue(text());
            case NUMBER -> NumberValue.parse(raw());
            case TRUE -> BooleanValue.TRUE;
            case FALSE -> BooleanValue.FALSE;
            case NULL -> NullValue.NULL;
            case OBJECT -> object();
            case ARRAY -> array();
            case KEY, END, DONE -> throw new IllegalStateException("no value: " + event);
        };
    }

    private Value object() {
        var fields = new LinkedHashMap<String, Value>();
        while (cursor.next() == JsonCursor.Event.KEY) {
            var key = text();
            fields.put(key, value(cursor.next()));
        }
        return new ObjectValue(fields);
    }

    private Value array() {
        var items = new ArrayList<Value>();
        for (var event = cursor.next(); event != JsonCursor.Event.END; event = cursor.next()) {
            items.add(value(event));
        }
        return new ArrayValue(items);
    }

    private String raw() {
        int first = cursor.firstByte();
        return new String(cursor.array(), first, cursor.nextByte() - first, StandardCharsets.UTF_8);
    }

    private String text() {
        if (!cursor.escaped()) {
            return raw();
        }
        int first = cursor.firstByte() - 1;
        return JsonText.decodeString(ByteSlice.of(cursor.array(), first, cursor.nextByte() + 1 - first));
    }
}
