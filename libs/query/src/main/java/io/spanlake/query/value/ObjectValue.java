package io.spanlake.query.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys in the order sent; of one that was sent twice the last value. */
public record ObjectValue(Map<String, Value> fields) implements Value {
    public static final ObjectValue EMPTY = new ObjectValue(Map.of());

    public ObjectValue {
        fields = Collections.unmodifiableMap(fields);
    }

    /** Null where there is no such key. */
    public Value get(String key) {
        return fields.getOrDefault(key, NullValue.NULL);
    }

    public ObjectValue with(String key, Value value) {
        var changed = new LinkedHashMap<>(fields);
        changed.put(key, value);
        return new ObjectValue(changed);
    }
}
