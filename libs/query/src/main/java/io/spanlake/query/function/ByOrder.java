package io.spanlake.query.function;

import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value of the row that was written first, or last, among those that have one. */
final class ByOrder implements Accumulator {
    private final boolean first;
    private Value found = NullValue.NULL;
    private @Nullable Comparable<Object> at;

    ByOrder(boolean first) {
        this.first = first;
    }

    @Override
    @SuppressWarnings("unchecked") // Orders of one query are of one type.
    public void add(List<Value> arguments, Comparable<?> order) {
        var value = arguments.getFirst();
        if (value.isNull()) {
            return;
        }
        if (at == null || (first ? at.compareTo(order) > 0 : at.compareTo(order) < 0)) {
            at = (Comparable<Object>) order;
            found = value;
        }
    }

    @Override
    public Value result() {
        return found;
    }
}
