package io.spanlake.query.execute;

import io.spanlake.query.function.QueryContext;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.SourceObjects;
import io.spanlake.query.plan.PlanTree;
import io.spanlake.query.spill.SpillSpace;
import io.spanlake.query.value.ObjectValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** {@code open all that is read → run the steps → rows}. Thread-safe; blocks nobody. */
public final class QueryEngine {
    private final Scheduler work;
    private final Optional<SpillSpace> spill;

    /** Queries that do not fit into their memory fail. */
    public QueryEngine(Scheduler work) {
        this(work, Optional.empty());
    }

    /**
     * @param work  bounded, for CPU work
     * @param spill where sorts and groups go on that do not fit into memory
     */
    public QueryEngine(Scheduler work, Optional<SpillSpace> spill) {
        this.work = work;
        this.spill = spill;
    }

    /** The work is done as rows are asked for, ends when they are cancelled, and fails when it takes too long. */
    public Mono<QueryAnswer> run(Plan.Query plan, RowSource source, QueryContext context, EngineSettings settings) {
        return open(plan, source).map(views -> {
            var run = new QueryRun(views, context, new MemoryBudget(settings.memoryBytes()), work, spill);
            var page = new PageEnd(plan, run);
            var rows = new Subqueries(run)
                    .resolved(plan)
                    .flatMapMany(resolved -> page.watched(new PlanSteps(run, resolved).output()));
            return new QueryAnswer(
                    plan.columns(),
                    within(settings, rows),
                    page::cursor,
                    page::cut,
                    () -> run.warnings(plan.warnings()),
                    run.progress());
        });
    }

    /** A deadline that failed would leave the work as it runs: {@code takeUntilOther} cancels only where the other ends. */
    private static Flux<ObjectValue> within(EngineSettings settings, Flux<ObjectValue> rows) {
        return Flux.defer(() -> {
            var late = new AtomicBoolean();
            return rows.takeUntilOther(Mono.delay(settings.time()).doOnNext(_ -> late.set(true)))
                    .concatWith(Mono.defer(() -> late.get() ? Mono.error(timeout(settings)) : Mono.empty()));
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
        var sources =
                PlanTree.scans(plan).stream().map(Plan.Scan::objects).distinct().toList();
        return Flux.fromIterable(sources)
                .concatMap(objects -> source.open(objects).map(views -> Map.entry(objects, views)))
                .collect(HashMap::new, (all, opened) -> all.put(opened.getKey(), opened.getValue()));
    }
}
