package io.spanlake.query.execute;

import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.plan.ObjectDocument;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.Canonical;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes columns of a key's values. Cells that no group fills are null. */
final class PivotStep {
    private static final int VALUES_MAX = 1_000;

    private final QueryRun run;
    private final Plan.Pivot pivot;

    PivotStep(QueryRun run, Plan.Pivot pivot) {
        this.run = run;
        this.pivot = pivot;
    }

    Flux<Tuple> of(Flux<Tuple> groups) {
        return Flux.defer(() -> {
            Map<List<Value>, Map<String, Value>> rows = new LinkedHashMap<>();
            Set<String> made = new LinkedHashSet<>();
            var values = new LinkedHashSet<String>();
            return groups.doOnNext(group -> add(rows, made, values, group))
                    .then(Mono.fromSupplier(() -> tuples(rows, made)))
                    .flatMapIterable(all -> all);
        });
    }

    private void add(Map<List<Value>, Map<String, Value>> rows, Set<String> made, Set<String> values, Tuple group) {
        var key = new ArrayList<Value>();
        for (var named : pivot.keys()) {
            key.add(Canonical.of(run.evaluator().evaluate(named.value(), group)));
        }
        var row = rows.computeIfAbsent(key, k -> {
            Map<String, Value> fields = new LinkedHashMap<>();
            for (int i = 0; i < k.size(); i++) {
                fields.put(pivot.keys().get(i).name(), k.get(i));
            }
            return fields;
        });
        var value = run.evaluator().evaluate(pivot.column(), group);
        var shown = value instanceof TextValue(var text) ? text : JsonWriter.json(value);
        values.add(shown);
        if (values.size() > VALUES_MAX) {
            throw QueryFault.of(
                            QueryFault.Kind.RUN,
                            "the pivot column has more than %d values".formatted(VALUES_MAX),
                            Place.NONE)
                    .exception();
        }
        for (var measure : pivot.measures()) {
            var name = shown + "_" + measure.name();
            made.add(name);
            row.put(name, run.evaluator().evaluate(measure.value(), group));
            run.memory().take(128 + 2L * name.length(), "a pivot");
        }
    }

    private static List<Tuple> tuples(Map<List<Value>, Map<String, Value>> rows, Set<String> made) {
        var tuples = new ArrayList<Tuple>();
        for (var row : rows.values()) {
            made.forEach(name -> row.putIfAbsent(name, NullValue.NULL));
            tuples.add(Tuple.of(new ObjectDocument(new ObjectValue(row)), PlanSteps.ofPlace(tuples.size())));
        }
        return tuples;
    }
}
