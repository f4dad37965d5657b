package io.spanlake.query.plan;

import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;
import java.util.LinkedHashMap;
import java.util.Set;

public record ObjectDocument(ObjectValue whole) implements Document {
    @Override
    public Value field(String name) {
        return whole.get(name);
    }

    @Override
    public Document only(Set<String> fields) {
        var kept = new LinkedHashMap<>(whole.fields());
        kept.keySet().retainAll(fields);
        return new ObjectDocument(new ObjectValue(kept));
    }

    @Override
    public long bytes() {
        return ValueBytes.of(whole);
    }
}
