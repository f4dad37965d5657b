package io.spanlake.query.function;

import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** All aggregates by name, in lower case. */
public final class Aggregates {
    private static final int DISTINCT_EXACT_MAX = 100_000;
    private static final int PERCENTILE_EXACT_MAX = 1_000_000;
    private static final Map<String, Aggregate> ALL = all();

    private Aggregates() {}

    private static Map<String, Aggregate> all() {
        var all = new HashMap<String, Aggregate>();
        put(all, "count", 0, 1, ValueType.INTEGER, () -> new Counting(false));
        put(all, "count_if", 1, 1, ValueType.INTEGER, () -> new Counting(true));
        put(all, "count_distinct", 1, 1, ValueType.INTEGER, () -> new DistinctCount(DISTINCT_EXACT_MAX));
        put(all, "approx_count_distinct", 1, 1, ValueType.INTEGER, () -> new DistinctCount(0));
        put(all, "sum", 1, 1, ValueType.NUMBER, () -> new Moments(Moments.Kind.SUM));
        put(all, "avg", 1, 1, ValueType.NUMBER, () -> new Moments(Moments.Kind.MEAN));
        put(all, "mean", 1, 1, ValueType.NUMBER, () -> new Moments(Moments.Kind.MEAN));
        put(all, "variance", 1, 1, ValueType.NUMBER, () -> new Moments(Moments.Kind.VARIANCE));
        put(all, "stddev", 1, 1, ValueType.NUMBER, () -> new Moments(Moments.Kind.DEVIATION));
        put(all, "min", 1, 1, ValueType.ANY, () -> new Extreme(-1));
        put(all, "max", 1, 1, ValueType.ANY, () -> new Extreme(1));
        put(all, "any_value", 1, 1, ValueType.ANY, () -> new ByOrder(true));
        put(all, "first", 1, 1, ValueType.ANY, () -> new ByOrder(true));
        put(all, "last", 1, 1, ValueType.ANY, () -> new ByOrder(false));
        put(all, "percentile", 2, 2, ValueType.NUMBER, () -> new Percentile(PERCENTILE_EXACT_MAX, -1));
        put(all, "approx_percentile", 2, 2, ValueType.NUMBER, () -> new Percentile(0, -1));
        put(all, "median", 1, 1, ValueType.NUMBER, () -> new Percentile(PERCENTILE_EXACT_MAX, 0.5));
        put(all, "p50", 1, 1, ValueType.NUMBER, () -> new Percentile(PERCENTILE_EXACT_MAX, 0.5));
        put(all, "p90", 1, 1, ValueType.NUMBER, () -> new Percentile(PERCENTILE_EXACT_MAX, 0.9));
        put(all, "p95", 1, 1, ValueType.NUMBER, () -> new Percentile(PERCENTILE_EXACT_MAX, 0.95));
        put(all, "p99", 1, 1, ValueType.NUMBER, () -> new Percentile(PERCENTILE_EXACT_MAX, 0.99));
        put(all, "array_agg", 1, 1, ValueType.ARRAY, () -> new Gathered(false));
        put(all, "string_agg", 1, 2, ValueType.STRING, () -> new Gathered(true));
        return Map.copyOf(all);
    }

    private static void put(
            Map<String, Aggregate> all,
            String name,
            int min,
            int max,
            ValueType type,
            Supplier<Accumulator> accumulators) {
        all.put(name, new Aggregate(name, min, max, type, accumulators));
    }

    public static Optional<Aggregate> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    public static Collection<String> names() {
        return Set.copyOf(ALL.keySet());
    }

    /** Rows whose argument is not null; of conditions those that hold. Without argument all. */
    private static final class Counting implements Accumulator.OfRows {
        private final boolean onlyTrue;
        private long count;

        Counting(boolean onlyTrue) {
            this.onlyTrue = onlyTrue;
        }

        @Override
        public void add(List<Value> arguments, Comparable<?> order) {
            if (arguments.isEmpty()
                    || (onlyTrue
                            ? arguments.getFirst() == BooleanValue.TRUE
                            : !arguments.getFirst().isNull())) {
                count++;
            }
        }

        @Override
        public void addRows(long more) {
            count += more;
        }

        @Override
        public Value result() {
            return new LongValue(count);
        }
    }
}
