package io.spanlake.query.function;

import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** All values that are not null, in the order in which their rows were written. */
final class Gathered implements Accumulator {
    private static final int VALUES_MAX = 100_000;

    private record Entry(Comparable<Object> order, Value value) {}

    private final boolean asText;
    private final List<Entry> entries = new ArrayList<>();
    private String separator = ",";
    private long bytes;

    Gathered(boolean asText) {
        this.asText = asText;
    }

    @Override
    @SuppressWarnings("unchecked") // Orders of one query are of one type.
    public void add(List<Value> arguments, Comparable<?> order) {
        if (arguments.size() > 1) {
            separator = Casts.string(arguments.get(1));
        }
        var value = arguments.getFirst();
        if (value.isNull()) {
            return;
        }
        if (entries.size() == VALUES_MAX) {
            throw new IllegalArgumentException("more than %d values in one group".formatted(VALUES_MAX));
        }
        entries.add(new Entry((Comparable<Object>) order, value));
        bytes += 64 + 2L * JsonWriter.json(value).length();
    }

    @Override
    public Value result() {
        if (entries.isEmpty()) {
            return NullValue.NULL;
        }
        var sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparing(Entry::order));
        return asText
                ? new TextValue(
                        sorted.stream().map(entry -> Casts.string(entry.value)).collect(Collectors.joining(separator)))
                : new ArrayValue(sorted.stream().map(Entry::value).toList());
    }

    @Override
    public long bytes() {
        return bytes;
    }
}
