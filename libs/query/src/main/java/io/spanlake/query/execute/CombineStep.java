package io.spanlake.query.execute;

import io.spanlake.query.parse.Query.SetKind;
import io.spanlake.query.plan.ObjectDocument;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.plan.ValueBytes;
import io.spanlake.query.value.Canonical;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** Rows of two queries as one set, those of the first before those of the second. */
final class CombineStep {
    private static final long ROW_BYTES = 64;

    private final QueryRun run;
    private final Plan.Combine step;
    private final Function<Plan.Query, Flux<ObjectValue>> rows;

    /** @param rows of a query */
    CombineStep(QueryRun run, Plan.Combine step, Function<Plan.Query, Flux<ObjectValue>> rows) {
        this.run = run;
        this.step = step;
        this.rows = rows;
    }

    Flux<Tuple> rows() {
        return combined().index().map(row -> Tuple.of(new ObjectDocument(row.getT2()), PlanSteps.ofPlace(row.getT1())));
    }

    private Flux<ObjectValue> combined() {
        var left = named(step.left());
        var right = named(step.right());
        if (step.kind() == SetKind.UNION) {
            return step.all() ? left.concatWith(right) : distinct(left.concatWith(right));
        }
        return Flux.defer(() -> {
            Set<Value> others = new HashSet<>();
            boolean wanted = step.kind() == SetKind.INTERSECT;
            return right.doOnNext(row -> keep(row, others))
                    .thenMany(distinct(left.filter(row -> others.contains(Canonical.of(row)) == wanted)));
        });
    }

    private Flux<ObjectValue> distinct(Flux<ObjectValue> all) {
        return Flux.defer(() -> {
            Set<Value> seen = new HashSet<>();
            return all.filter(row -> keep(row, seen));
        });
    }

    private boolean keep(ObjectValue row, Set<Value> rowsKept) {
        boolean added = rowsKept.add(Canonical.of(row));
        if (added) {
            run.memory().take(ROW_BYTES + ValueBytes.of(row), "distinct rows");
        }
        return added;
    }

    /** By the columns of the whole. */
    private Flux<ObjectValue> named(Plan.Query query) {
        var names = query.columns().stream().map(Plan.OutputColumn::name).toList();
        return rows.apply(query).map(row -> step.byName() ? byName(row) : byPlace(row, names));
    }

    private ObjectValue byName(ObjectValue row) {
        var fields = new LinkedHashMap<String, Value>();
        step.columns().forEach(name -> fields.put(name, row.get(name)));
        return new ObjectValue(fields);
    }

    private ObjectValue byPlace(ObjectValue row, List<String> names) {
        var fields = new LinkedHashMap<String, Value>();
        for (int i = 0; i < step.columns().size(); i++) {
            fields.put(step.columns().get(i), i < names.size() ? row.get(names.get(i)) : NullValue.NULL);
        }
        return new ObjectValue(fields);
    }
}
