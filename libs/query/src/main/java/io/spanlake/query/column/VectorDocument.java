package io.spanlake.query.column;

import io.spanlake.query.plan.Document;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One row of vectors at a time, as if it were a row with these values only. Not thread-safe. */
final class VectorDocument implements Document {
    private final Map<List<Step>, ColumnVector> vectors;
    int row;

    VectorDocument(Map<List<Step>, ColumnVector> vectors) {
        this.vectors = vectors;
    }

    @Override
    public Value field(String name) {
        Value found = NullValue.NULL;
        for (var vector : vectors.entrySet()) {
            var steps = vector.getKey();
            if (steps.getFirst().equals(new Step.Key(name))
                    && !vector.getValue().isNull(row)) {
                found = with(found, steps, 1, valueOf(vector.getValue()));
            }
        }
        return found;
    }

    private Value valueOf(ColumnVector vector) {
        return vector instanceof ColumnVector.Presence ? BooleanValue.TRUE : vector.value(row);
    }

    private static Value with(Value whole, List<Step> steps, int from, Value value) {
        if (from == steps.size()) {
            return value;
        }
        var object = whole instanceof ObjectValue known ? known : ObjectValue.EMPTY;
        var key = ((Step.Key) steps.get(from)).name();
        return object.with(key, with(object.get(key), steps, from + 1, value));
    }

    @Override
    public ObjectValue whole() {
        throw new IllegalStateException("only some paths are known");
    }

    @Override
    public Document only(Set<String> fields) {
        return this;
    }

    @Override
    public long bytes() {
        return 64;
    }
}
