package io.spanlake.query.execute;

import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.Hints;
import io.spanlake.query.plan.ObjectDocument;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Turns the steps of a plan into streams of rows. */
final class PlanSteps {
    /** @param beyond the row behind the last one: only says that there is more */
    record OutputRow(ObjectValue value, Tuple tuple, boolean beyond) {}

    private final QueryRun run;

    private final Plan.Query query;

    PlanSteps(QueryRun run, Plan.Query query) {
        this.run = run;
        this.query = query;
    }

    /** The rows of the answer, and one beyond where there are more. */
    Flux<OutputRow> output() {
        if (!(query.rows() instanceof Plan.Page page)) {
            return rows(query.rows()).map(tuple -> new OutputRow(projected(tuple), tuple, false));
        }
        var tuples = rows(page.input()).skip(page.offset());
        if (page.limit().isEmpty()) {
            return completed(tuples).map(tuple -> new OutputRow(projected(tuple), tuple, false));
        }
        long limit = page.limit().getAsLong();
        if (limit == 0) {
            return Flux.empty();
        }
        return completed(tuples.take(limit + 1)).index().map(numbered -> {
            boolean beyond = numbered.getT1() >= limit;
            var tuple = numbered.getT2();
            return new OutputRow(beyond ? ObjectValue.EMPTY : projected(tuple), tuple, beyond);
        });
    }

    /** Summaries are carried without the large fields of their roots, which are read once it is known of which. */
    private Flux<Tuple> completed(Flux<Tuple> tuples) {
        return SummaryStep.below(query.rows())
                .map(summary -> new SummaryRoots(run, summary).completed(query, tuples))
                .orElse(tuples);
    }

    private ObjectValue projected(Tuple tuple) {
        var fields = new LinkedHashMap<String, Value>();
        for (var column : query.columns()) {
            fields.put(column.name(), run.evaluator().evaluate(column.value(), tuple));
        }
        if (query.open()) {
            tuple.row().whole().fields().forEach(fields::putIfAbsent);
        }
        return new ObjectValue(fields);
    }

    private Flux<Tuple> rows(Plan plan) {
        return switch (plan) {
            case Plan.Scan scan -> run.scan(scan);
            case Plan.Nested(var inner) -> nested(inner);
            case Plan.Combine combine -> new CombineStep(run, combine, this::output).rows();
            case Plan.Labelled labelled -> rows(labelled.input()).map(tuple -> labelled(tuple, labelled));
            case Plan.Join join -> new JoinStep(run, join, this::rows).rows();
            case Plan.Filter(var input, var condition) ->
                rows(input).filter(tuple -> run.evaluator().test(condition, tuple));
            case Plan.Traces traces -> new TraceStep(run, traces).rows();
            case Plan.Summary summary -> new SummaryStep(run, summary, SummaryRoots.readBefore(query.rows())).rows();
            case Plan.Unpivot unpivot -> rows(unpivot.input()).concatMapIterable(new UnpivotStep(run, unpivot)::rows);
            case Plan.Sample sample -> new SampleStep(run, sample).of(rows(sample.input()));
            case Plan.Group group -> grouped(group);
            case Plan.Pivot pivot -> new PivotStep(run, pivot).of(rows(pivot.input()));
            case Plan.Sort sort -> sorted(sort);
            case Plan.Page page -> paged(page);
            case Plan.After after -> after(after);
            case Plan.Infer infer -> new InferStep(infer).of(rows(infer.input()));
        };
    }

    private Flux<Tuple> sorted(Plan.Sort sort) {
        return LayerTop.of(run, sort)
                .map(layers -> Flux.defer(() -> sorted(sort, layers)))
                .orElseGet(() -> sortedByRow(sort));
    }

    /** What does not fit into memory begins anew, and goes on on disk. */
    private Flux<Tuple> sorted(Plan.Sort sort, LayerTop layers) {
        var kept = new SortStep(run, sort).new Kept();
        return layers.addTo(kept)
                .then(Mono.fromSupplier(kept::sorted))
                .flatMapIterable(rows -> rows)
                .onErrorResume(QueryFaultException.class, fault -> {
                    kept.release();
                    return layers.lackedRoom() || canSpill(fault) ? sortedByRow(sort) : Flux.error(fault);
                });
    }

    private Flux<Tuple> sortedByRow(Plan.Sort sort) {
        return Flux.defer(() -> new SortStep(run, sort).of(rows(sort.input())));
    }

    private boolean canSpill(QueryFaultException fault) {
        return fault.fault().kind() == QueryFault.Kind.BUDGET && run.spill().isPresent();
    }

    private Flux<Tuple> paged(Plan.Page page) {
        var rows = rows(page.input()).skip(page.offset());
        return page.limit().isPresent() ? rows.take(page.limit().getAsLong()) : rows;
    }

    private Flux<Tuple> grouped(Plan.Group group) {
        return LayerGroups.of(run, group)
                .map(layers -> Flux.defer(() -> grouped(group, layers)))
                .orElseGet(() -> groupedByRow(group));
    }

    /** What does not fit into memory begins anew, and goes on on disk. */
    private Flux<Tuple> grouped(Plan.Group group, LayerGroups layers) {
        var grouping = new GroupStep(run, group, false);
        return layers.addTo(grouping)
                .then(Mono.fromSupplier(grouping::rows))
                .flatMapIterable(rows -> rows)
                .onErrorResume(QueryFaultException.class, fault -> {
                    grouping.release();
                    return canSpill(fault)
                            ? new SpillingGroups(run, group, run.spill().get()).of(layers.tuples())
                            : Flux.error(fault);
                });
    }

    private Flux<Tuple> groupedByRow(Plan.Group group) {
        if (run.spill().isPresent()) {
            return new SpillingGroups(run, group, run.spill().get()).of(rows(group.input()));
        }
        return Flux.defer(() -> {
            var grouping = new GroupStep(run, group, false);
            return rows(group.input())
                    .doOnNext(grouping::add)
                    .then(Mono.fromSupplier(grouping::rows))
                    .flatMapIterable(rows -> rows);
        });
    }

    /** The rows of an inner query, in its order. */
    private Flux<Tuple> nested(Plan.Query inner) {
        return output(inner).index().map(row -> Tuple.of(new ObjectDocument(row.getT2()), ofPlace(row.getT1())));
    }

    private Flux<ObjectValue> output(Plan.Query inner) {
        return new PlanSteps(run, inner).output().filter(row -> !row.beyond()).map(OutputRow::value);
    }

    private static Tuple labelled(Tuple tuple, Plan.Labelled step) {
        var fields = new LinkedHashMap<String, Value>();
        if (step.fields().isEmpty()) {
            fields.putAll(tuple.row().whole().fields());
        } else {
            for (var name : step.fields().get()) {
                fields.put(name, tuple.row().field(name));
            }
        }
        var row = new ObjectValue(Map.of(step.label(), new ObjectValue(fields)));
        return Tuple.of(new ObjectDocument(row), tuple.order());
    }

    /** The order that a newest-first sort keeps. */
    static RowOrder ofPlace(long place) {
        return new RowOrder(~place, 0, 0);
    }

    /** The store is told where to begin; whatever it does, rows before are dropped. */
    private Flux<Tuple> after(Plan.After after) {
        var place = after.place();
        var stamps = after.oldestFirst()
                ? new Hint.Stamps(Hint.Stamps.Field.PAGINATION, Optional.of(place.key()), Optional.empty())
                : new Hint.Stamps(Hint.Stamps.Field.PAGINATION, Optional.empty(), Optional.of(place.key()));
        return rows(hinted(after.input(), stamps))
                .filter(tuple -> after.oldestFirst()
                        ? tuple.order().compareTo(place) > 0
                        : tuple.order().compareTo(place) < 0);
    }

    private static Plan hinted(Plan plan, Hint hint) {
        return switch (plan) {
            case Plan.Scan scan ->
                new Plan.Scan(scan.objects(), Hints.and(List.of(scan.hint(), hint)), scan.fields(), scan.order());
            case Plan.Filter(var input, var condition) -> new Plan.Filter(hinted(input, hint), condition);
            default -> plan;
        };
    }
}
