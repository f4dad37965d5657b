package io.spanlake.query.browse;

import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.Canonical;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;

/** Counts the values of one path, up to so many different ones. One thread at a time. */
final class FacetCounter {
    private static final int VALUES_MAX = 10_000;
    private static final int TEXT_CHARS_MAX = 512;
    private static final Comparator<Facet.Count> ORDER =
            Comparator.comparingLong(Facet.Count::rows).reversed().thenComparing(Facet.Count::value, Compare.SORTED);

    private final String path;
    private final String prefix;
    private final Map<Value, long[]> counts = new HashMap<>();
    private long others;
    private long missing;
    private boolean full;

    /** @param prefix of the texts that are counted, in any case; empty for all values */
    FacetCounter(String path, String prefix) {
        this.path = path;
        this.prefix = prefix.toLowerCase(Locale.ROOT);
    }

    void add(Value value) {
        add(value, 1);
    }

    /** @param rows that have the value */
    void add(Value value, long rows) {
        switch (value) {
            case NullValue _ -> missing += rows;
            case ArrayValue(var items) -> {
                var once = new HashSet<Value>();
                for (var item : items) {
                    if (!item.isNull() && once.add(Canonical.of(item))) {
                        count(item, rows);
                    }
                }
                missing += once.isEmpty() ? rows : 0;
            }
            default -> count(value, rows);
        }
    }

    private void count(Value value, long rows) {
        boolean large = value instanceof ObjectValue
                || value instanceof ArrayValue
                || (value instanceof TextValue(var text) && text.length() > TEXT_CHARS_MAX);
        if (large) {
            others += rows;
            return;
        }
        if (!prefix.isEmpty() && !textOf(value).toLowerCase(Locale.ROOT).startsWith(prefix)) {
            return;
        }
        var key = Canonical.of(value);
        var known = counts.get(key);
        if (known != null) {
            known[0] += rows;
        } else if (counts.size() < VALUES_MAX) {
            counts.put(key, new long[] {rows});
        } else {
            full = true;
            others += rows;
        }
    }

    private static String textOf(Value value) {
        return value instanceof TextValue(var text) ? text : JsonWriter.json(value);
    }

    /** Whether there were more different values than are counted. */
    boolean isFull() {
        return full;
    }

    Facet facet(int values) {
        var sorted = counts.entrySet().stream()
                .map(entry -> new Facet.Count(entry.getKey(), entry.getValue()[0]))
                .sorted(ORDER)
                .toList();
        long unlisted =
                sorted.stream().skip(values).mapToLong(Facet.Count::rows).sum();
        return new Facet(path, sorted.stream().limit(values).toList(), others + unlisted, missing);
    }
}
