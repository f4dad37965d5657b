package io.spanlake.query.execute;

import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.plan.Hints;
import io.spanlake.query.plan.Members;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.PlanTree;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.ScalarTree;
import io.spanlake.query.plan.ValueBytes;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.Value;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs the queries that stand in expressions, innermost first, and puts what they give in their places: a list of values, or
 * one. What the store can answer of the conditions is told to it anew. All read the same snapshots.
 */
final class Subqueries {
    private static final long VALUE_BYTES = 48;

    private final QueryRun run;

    Subqueries(QueryRun run) {
        this.run = run;
    }

    Mono<Plan.Query> resolved(Plan.Query query) {
        Set<Plan.Query> found = new LinkedHashSet<>();
        PlanTree.map(query, plan -> gather(plan, found), scalar -> gather(scalar, found));
        if (found.isEmpty()) {
            return Mono.just(query);
        }
        return Flux.fromIterable(found)
                .concatMap(inner -> resolved(inner).flatMap(this::values).map(values -> Map.entry(inner, values)))
                .collect(HashMap<Plan.Query, List<Value>>::new, (all, one) -> all.put(one.getKey(), one.getValue()))
                .map(values -> new Filled(values).query(query));
    }

    private static Plan gather(Plan plan, Set<Plan.Query> found) {
        return PlanTree.map(plan, input -> gather(input, found), scalar -> gather(scalar, found));
    }

    private static Scalar gather(Scalar scalar, Set<Plan.Query> found) {
        found.addAll(PlanTree.queries(scalar));
        return scalar;
    }

    private Mono<List<Value>> values(Plan.Query query) {
        var column = query.columns().getFirst().name();
        return new PlanSteps(run, query)
                .output()
                .filter(row -> !row.beyond())
                .map(row -> row.value().get(column))
                .doOnNext(value -> run.memory().take(VALUE_BYTES + ValueBytes.of(value), "a query in an expression"))
                .collectList();
    }

    private record Filled(Map<Plan.Query, List<Value>> values) {
        Plan.Query query(Plan.Query query) {
            return PlanTree.map(query, this::plan, this::scalar);
        }

        private Plan plan(Plan plan) {
            var filled = PlanTree.map(plan, this::plan, this::scalar);
            return filled instanceof Plan.Filter(Plan.Scan scan, var condition) && !filled.equals(plan)
                    ? new Plan.Filter(
                            new Plan.Scan(
                                    scan.objects(),
                                    Hints.and(List.of(scan.hint(), Hints.of(condition))),
                                    scan.fields(),
                                    scan.order()),
                            condition)
                    : filled;
        }

        private Scalar scalar(Scalar scalar) {
            return switch (scalar) {
                case Scalar.InQuery(var operand, var query) ->
                    new Scalar.In(scalar(operand), new Members(values.getOrDefault(query, List.of())));
                case Scalar.QueryValue(var query, var ignoredType) ->
                    new Scalar.Constant(only(values.getOrDefault(query, List.of())));
                default -> ScalarTree.map(scalar, this::scalar);
            };
        }

        private static Value only(List<Value> values) {
            if (values.size() > 1) {
                throw QueryFault.of(
                                QueryFault.Kind.RUN,
                                "a query that stands for one value gives %d rows".formatted(values.size()),
                                Place.NONE)
                        .withHint("write … in (select …), or let it give one row")
                        .exception();
            }
            return values.isEmpty() ? NullValue.NULL : values.getFirst();
        }
    }
}
