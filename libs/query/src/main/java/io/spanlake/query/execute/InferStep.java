package io.spanlake.query.execute;

import io.spanlake.query.plan.ObjectDocument;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.CodePoints;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Paths;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which paths rows have, what stands there, and how often. Items of arrays count together, under the step 0. */
final class InferStep {
    private static final int VALUES_SHOWN = 10;
    private static final int VALUES_MAX = 1_000;
    private static final int CHARS_MAX = 100;
    private static final int PATHS_MAX = 10_000;

    private static final class Seen {
        long count;
        final TreeSet<String> types = new TreeSet<>();
        final Map<Value, Long> values = new HashMap<>();
    }

    private final Plan.Infer infer;
    private final Map<String, Seen> seen = new TreeMap<>(CodePoints::compare);
    private final Map<String, List<Value>> names = new HashMap<>();

    InferStep(Plan.Infer infer) {
        this.infer = infer;
    }

    Flux<Tuple> of(Flux<Tuple> rows) {
        return rows.take(infer.rowsMax())
                .doOnNext(this::add)
                .then(Mono.fromSupplier(this::rows))
                .flatMapIterable(all -> all);
    }

    private void add(Tuple tuple) {
        if (infer.below().isEmpty()) {
            tuple.row().whole().fields().forEach((name, value) -> add(List.of(new TextValue(name)), value));
            return;
        }
        for (var steps : infer.below()) {
            Value value = tuple.row().whole();
            var name = new ArrayList<Value>();
            for (var step : steps) {
                value = Paths.step(value, step);
                name.add(step instanceof Step.Key(var key) ? new TextValue(key) : LongValue.ZERO);
            }
            add(name, value);
        }
    }

    private void add(List<Value> name, Value value) {
        switch (value) {
            case ObjectValue(var fields)
            when !fields.isEmpty() -> fields.forEach((key, item) -> add(longer(name, new TextValue(key)), item));
            case ArrayValue(var items) -> {
                note(name, value);
                items.forEach(item -> add(longer(name, LongValue.ZERO), item));
            }
            default -> note(name, value);
        }
    }

    private static List<Value> longer(List<Value> name, Value step) {
        var longer = new ArrayList<>(name);
        longer.add(step);
        return longer;
    }

    private void note(List<Value> name, Value value) {
        var key = JsonWriter.json(new ArrayValue(name));
        if (!seen.containsKey(key) && seen.size() >= PATHS_MAX) {
            return;
        }
        var path = seen.computeIfAbsent(key, _ -> new Seen());
        names.putIfAbsent(key, name);
        path.count++;
        path.types.add(value.isNull() ? "null" : ValueType.of(value).jsonName());
        boolean scalar = !(value instanceof ArrayValue || value instanceof ObjectValue || value.isNull());
        var shown = value instanceof TextValue(var text) ? new TextValue(CodePoints.first(text, CHARS_MAX)) : value;
        if (scalar && (path.values.size() < VALUES_MAX || path.values.containsKey(shown))) {
            path.values.merge(shown, 1L, Long::sum);
        }
    }

    private List<Tuple> rows() {
        var rows = new ArrayList<Tuple>();
        seen.forEach((key, path) -> {
            var fields = new LinkedHashMap<String, Value>();
            fields.put("name", new ArrayValue(names.getOrDefault(key, List.of())));
            var types = path.types.stream().<Value>map(TextValue::new).toList();
            fields.put("type", types.size() == 1 ? types.getFirst() : new ArrayValue(types));
            fields.put("count", new LongValue(path.count));
            fields.put("top_values", new ArrayValue(top(path)));
            rows.add(Tuple.of(new ObjectDocument(new ObjectValue(fields)), PlanSteps.ofPlace(rows.size())));
        });
        return rows;
    }

    private static List<Value> top(Seen path) {
        return path.values.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Value, Long>>comparingLong(Map.Entry::getValue)
                        .reversed()
                        .thenComparing(entry -> JsonWriter.json(entry.getKey())))
                .limit(VALUES_SHOWN)
                .<Value>map(entry ->
                        ObjectValue.EMPTY.with("value", entry.getKey()).with("count", new LongValue(entry.getValue())))
                .toList();
    }
}
