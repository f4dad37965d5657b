package io.spanlake.query.function;

import io.spanlake.query.value.Canonical;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.Value;
import java.util.List;

/** The smallest or largest value, in the order of sorts; of numbers that are the same, however they were written, one form. */
final class Extreme implements Accumulator {
    private final int sign;
    private Value found = NullValue.NULL;

    Extreme(int sign) {
        this.sign = sign;
    }

    @Override
    public void add(List<Value> arguments, Comparable<?> order) {
        var value = arguments.getFirst();
        if (!value.isNull() && (found.isNull() || sign * Compare.SORTED.compare(value, found) > 0)) {
            found = value;
        }
    }

    @Override
    public Value result() {
        return found instanceof NumberValue ? Canonical.of(found) : found;
    }
}
