package io.spanlake.query.plan;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A row as JSON; a field is parsed when it is asked for first. */
public final class JsonDocument implements Document {
    private final ByteSlice json;
    private final Map<String, JsonField> raw;
    private final Map<String, Value> parsed = new HashMap<>();

    /** @param json one object that was checked */
    public JsonDocument(ByteSlice json) {
        this.json = json;
        this.raw = JsonObjectFields.lastOf(json);
    }

    /** As it came. */
    public ByteSlice json() {
        return json;
    }

    @Override
    public Value field(String name) {
        var known = parsed.get(name);
        if (known != null) {
            return known;
        }
        var field = raw.get(name);
        var value = field == null ? NullValue.NULL : JsonValues.of(field.value());
        parsed.put(name, value);
        return value;
    }

    @Override
    public ObjectValue whole() {
        var all = new LinkedHashMap<String, Value>();
        for (var name : raw.keySet()) {
            all.put(name, field(name));
        }
        return new ObjectValue(all);
    }

    @Override
    public Document only(Set<String> fields) {
        return new JsonDocument(FieldsOfJson.of(raw.values(), fields));
    }

    @Override
    public long bytes() {
        long sum = 512L + json.length();
        for (var value : parsed.values()) {
            sum += 64 + ValueBytes.of(value);
        }
        return sum;
    }
}
