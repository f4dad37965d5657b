package io.spanlake.queryservice.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spanlake.query.PlannedAnew;
import io.spanlake.query.bind.BindSettings;
import io.spanlake.query.bind.Binder;
import io.spanlake.query.execute.EngineSettings;
import io.spanlake.query.execute.Progress;
import io.spanlake.query.execute.QueryEngine;
import io.spanlake.query.explain.ExplainRuns;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.plan.Plan;
import io.spanlake.queryservice.answer.Page;
import io.spanlake.queryservice.answer.RowFormat;
import io.spanlake.queryservice.source.QueryObjects;
import io.spanlake.service.auth.Caller;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs queries: {@code wait for a place → plan → open → rows}. To one page of bounded size, or to all rows, as fast as their
 * reader takes them. Whoever cancels ends the work and frees the place.
 */
public final class QueryRuns {
    /** More rows than any answer has. */
    private static final long ALL_ROWS = 1L << 40;

    private final QueryQueue queue;
    private final QueryEngine engine;
    private final QueryObjects objects;
    private final PriceTable prices;
    private final RunLimits limits;
    private final InstantSource clock;
    private final MeterRegistry registry;

    public QueryRuns(
            QueryQueue queue,
            QueryEngine engine,
            QueryObjects objects,
            PriceTable prices,
            RunLimits limits,
            InstantSource clock,
            MeterRegistry registry) {
        this.queue = queue;
        this.engine = engine;
        this.objects = objects;
        this.prices = prices;
        this.limits = limits;
        this.clock = clock;
        this.registry = registry;
    }

    public RunLimits limits() {
        return limits;
    }

    /** @param watcher given the progress of the run once it has begun */
    public Mono<Page> page(Caller caller, QueryRequest request, Consumer<Progress> watcher) {
        return queue.mono(
                caller.organization(),
                () -> PlannedAnew.once(() -> begun(caller, request, limits, limits.rowsMax())
                                .doOnNext(run -> watcher.accept(run.progress()))
                                .flatMap(this::page))
                        .timeout(time(request, limits).plus(limits.strictWait())));
    }

    /** All rows, with backpressure. An error after some of them means that the answer is not whole. */
    public Flux<byte[]> lines(
            Caller caller, QueryRequest request, RunLimits within, RowFormat format, Consumer<Progress> watcher) {
        return queue.flux(
                caller.organization(),
                () -> begun(caller, request, within, ALL_ROWS)
                        .doOnNext(run -> watcher.accept(run.progress()))
                        .flatMapMany(run -> format.lines(
                                run.answer().columns(), timed(run.answer().rows()))));
    }

    private <T> Flux<T> timed(Flux<T> rows) {
        return Flux.defer(() -> {
            var sample = Timer.start(registry);
            return rows.doOnTerminate(() -> stop(sample));
        });
    }

    private void stop(Timer.Sample sample) {
        sample.stop(Timer.builder("spanlake.query.time")
                .description("From a query's start to its last row")
                .register(registry));
    }

    private Mono<Run> begun(Caller caller, QueryRequest request, RunLimits within, long rowsMax) {
        return Mono.defer(() -> {
            var context = new QueryContext(clock.instant(), request.minutesWest(), prices);
            var plan = plan(request, context, rowsMax);
            var source = objects.source(caller, request.wish(), request.project());
            var settings = new EngineSettings(within.memoryBytes(), time(request, within));
            var answer = switch (request.explain()) {
                case NONE -> engine.run(plan, source, context, settings);
                case PLAN -> new ExplainRuns(engine).plan(plan, source);
                case ANALYZE -> new ExplainRuns(engine).analyze(plan, source, context, settings);
            };
            return answer.map(running -> new Run(plan, running, source, context.now()));
        });
    }

    private static Duration time(QueryRequest request, RunLimits within) {
        return request.time().filter(wish -> wish.compareTo(within.time()) < 0).orElse(within.time());
    }

    private Mono<Page> page(Run run) {
        var page = new PageRows(limits.pageBytes());
        return timed(run.answer().rows()).takeUntil(page::add).then(Mono.fromSupplier(() -> {
            if (page.full()) {
                requirePaged(run.plan());
                run.answer().cut().run();
            }
            return new Page(
                    run.answer().columns(),
                    page.rows(),
                    run.answer().cursor().get(),
                    run.answer().warnings().get(),
                    run.closed(),
                    run.progress().bytesRead(),
                    Duration.between(run.start(), clock.instant()));
        }));
    }

    /** Groups and traces come whole or not at all. */
    private void requirePaged(Plan.Query plan) {
        boolean traces = plan.rows() instanceof Plan.Page page && page.limit().isEmpty();
        if (!plan.paged() || traces) {
            throw QueryFault.of(
                            QueryFault.Kind.BUDGET,
                            "the answer has more than %d bytes".formatted(limits.pageBytes()),
                            Place.NONE)
                    .withHint(
                            "select fewer columns, ask for fewer rows with LIMIT, or for all of them with \"stream\": true")
                    .exception();
        }
    }

    private static Plan.Query plan(QueryRequest request, QueryContext context, long rows) {
        long groups = rows == ALL_ROWS ? ALL_ROWS : 10 * rows;
        var plan =
                new Binder(new BindSettings(context, rows, rows, groups, request.parameters())).bind(request.query());
        if (request.strictLint()) {
            Lint.check(plan.warnings());
        }
        return plan;
    }
}
