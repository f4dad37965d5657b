package io.spanlake.query.value;

import java.util.List;

public record ArrayValue(List<Value> items) implements Value {
    public static final ArrayValue EMPTY = new ArrayValue(List.of());

    public ArrayValue {
        items = List.copyOf(items);
    }
}
