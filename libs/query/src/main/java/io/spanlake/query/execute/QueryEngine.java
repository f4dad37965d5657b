package io.spanlake.query.execute;

import io.spanlake.query.function.QueryContext;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.SourceObjects;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** {@code open all that is read → run the steps → rows}. Thread-safe; blocks nobody. */
public final class QueryEngine {
    private final Scheduler work;

    /** @param work bounded, for CPU work */
    public QueryEngine(Scheduler work) {
        this.work = work;
    }

    /** The work is done as rows are asked for, ends when they are cancelled, and fails when it takes too long. */
    public Mono<QueryAnswer> run(Plan.Query plan, RowSource source, QueryContext context, EngineSettings settings) {
        return open(plan, source).map(views -> {
            var run = new QueryRun(views, context, new MemoryBudget(settings.memoryBytes()), work);
            var page = new PageEnd(plan, run);
            var deadline = Mono.delay(settings.time()).then(Mono.error(() -> timeout(settings)));
            var rows = page.watched(new PlanSteps(run, plan).output()).takeUntilOther(deadline);
            return new QueryAnswer(plan.columns(), rows, page::cursor, page::cut, () -> run.warnings(plan.warnings()));
        });
    }

    private static Throwable timeout(EngineSettings settings) {
        return QueryFault.of(
                        QueryFault.Kind.TIMEOUT,
                        "the query took longer than %d ms"
                                .formatted(settings.time().toMillis()),
                        Place.NONE)
                .withHint("a condition on created, root_span_id or id bounds what is read")
                .exception();
    }

    private static Mono<Map<SourceObjects, List<RowView>>> open(Plan.Query plan, RowSource source) {
        Set<SourceObjects> sources = new LinkedHashSet<>();
        collect(plan.rows(), sources);
        return Flux.fromIterable(sources)
                .concatMap(objects -> source.open(objects).map(views -> Map.entry(objects, views)))
                .collect(HashMap::new, (all, opened) -> all.put(opened.getKey(), opened.getValue()));
    }

    private static void collect(Plan plan, Set<SourceObjects> sources) {
        switch (plan) {
            case Plan.Scan scan -> sources.add(scan.objects());
            case Plan.Nested(var query) -> collect(query.rows(), sources);
            case Plan.Filter filter -> collect(filter.input(), sources);
            case Plan.Traces traces -> collect(traces.scan(), sources);
            case Plan.Summary summary -> collect(summary.scan(), sources);
            case Plan.Unpivot unpivot -> collect(unpivot.input(), sources);
            case Plan.Sample sample -> collect(sample.input(), sources);
            case Plan.Group group -> collect(group.input(), sources);
            case Plan.Pivot pivot -> collect(pivot.input(), sources);
            case Plan.Sort sort -> collect(sort.input(), sources);
            case Plan.Page page -> collect(page.input(), sources);
            case Plan.After after -> collect(after.input(), sources);
            case Plan.Infer infer -> collect(infer.input(), sources);
        }
    }
}
