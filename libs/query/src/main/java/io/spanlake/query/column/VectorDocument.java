package io.spanlake.query.column;

import io.spanlake.query.plan.Document;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One row of vectors at a time, as if it were a row with these values only. Not thread-safe. */
final class VectorDocument implements Document {
    private final List<Map.Entry<List<Step>, ColumnVector>> vectors;
    int row;

    private VectorDocument(List<Map.Entry<List<Step>, ColumnVector>> vectors) {
        this.vectors = vectors;
    }

    /** What lies below a path of which only the presence is known comes after it, and takes its place. */
    static VectorDocument of(Map<List<Step>, ColumnVector> vectors) {
        Comparator<Map.Entry<List<Step>, ColumnVector>> byLength =
                Comparator.comparingInt(vector -> vector.getKey().size());
        return new VectorDocument(vectors.entrySet().stream().sorted(byLength).toList());
    }

    VectorDocument at(int otherRow) {
        var other = new VectorDocument(vectors);
        other.row = otherRow;
        return other;
    }

    @Override
    public Value field(String name) {
        Value found = NullValue.NULL;
        for (var vector : vectors) {
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
