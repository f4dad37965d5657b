package io.spanlake.query.plan;

import io.spanlake.query.value.Canonical;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The constants of an IN list; 10,000 are as quick as one. */
public final class Members {
    private final List<Value> values;
    private final Set<Value> canonical;
    private final boolean hasNull;

    public Members(List<Value> values) {
        this.values = values.stream().filter(value -> !value.isNull()).toList();
        this.hasNull = this.values.size() < values.size();
        this.canonical = new HashSet<>();
        this.values.forEach(value -> canonical.add(Canonical.of(value)));
    }

    /** Without nulls. */
    public List<Value> values() {
        return values;
    }

    /** Nothing is in it, not even what is not known. */
    public boolean isEmpty() {
        return values.isEmpty() && !hasNull;
    }

    public boolean hasNull() {
        return hasNull;
    }

    /** Of a value that is not null. */
    public boolean contains(Value value) {
        if (value instanceof TimeValue) {
            return values.stream().anyMatch(member -> Compare.same(value, member));
        }
        return canonical.contains(Canonical.of(value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Members that && canonical.equals(that.canonical) && hasNull == that.hasNull;
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }
}
