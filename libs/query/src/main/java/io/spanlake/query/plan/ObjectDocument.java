package io.spanlake.query.plan;

import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;

public record ObjectDocument(ObjectValue whole) implements Document {
    @Override
    public Value field(String name) {
        return whole.get(name);
    }

    @Override
    public long bytes() {
        return ValueBytes.of(whole);
    }
}
