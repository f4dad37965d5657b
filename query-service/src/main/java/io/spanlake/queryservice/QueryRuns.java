package io.spanlake.queryservice;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spanlake.query.bind.BindSettings;
import io.spanlake.query.bind.Binder;
import io.spanlake.query.execute.EngineSettings;
import io.spanlake.query.execute.QueryEngine;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.queryservice.answer.Page;
import io.spanlake.queryservice.source.QueryObjects;
import io.spanlake.service.auth.Caller;
import io.spanlake.service.errors.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** Runs queries, so many at once, each to one page of bounded size. */
final class QueryRuns {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final QueryEngine engine;
    private final QueryObjects objects;
    private final PriceTable prices;
    private final QueryProperties properties;
    private final InstantSource clock;
    private final MeterRegistry registry;
    private final AtomicInteger running = new AtomicInteger();

    QueryRuns(
            QueryEngine engine,
            QueryObjects objects,
            PriceTable prices,
            QueryProperties properties,
            InstantSource clock,
            MeterRegistry registry) {
        this.engine = engine;
        this.objects = objects;
        this.prices = prices;
        this.properties = properties;
        this.clock = clock;
        this.registry = registry;
        Gauge.builder("spanlake.query.running", running, AtomicInteger::get)
                .description("Queries that run now")
                .register(registry);
    }

    Mono<Page> page(Caller caller, QueryRequest request) {
        return Mono.using(this::begin, begun -> run(caller, request).doOnTerminate(begun::stop), Begun::leave);
    }

    private record Begun(AtomicInteger running, Timer.Sample sample, MeterRegistry registry) {
        void stop() {
            sample.stop(Timer.builder("spanlake.query.time")
                    .description("From a query's start to its last row")
                    .register(registry));
        }

        void leave() {
            running.decrementAndGet();
        }
    }

    private Begun begin() {
        if (running.incrementAndGet() > properties.running()) {
            running.decrementAndGet();
            throw Problem.of(
                            503,
                            "busy",
                            "Too many queries at once",
                            "%d queries run, and there may be no more".formatted(properties.running()))
                    .retryAfter(RETRY_AFTER)
                    .refused();
        }
        return new Begun(running, Timer.start(registry), registry);
    }

    private Mono<Page> run(Caller caller, QueryRequest request) {
        var context = new QueryContext(clock.instant(), request.minutesWest(), prices);
        var plan = plan(request, context);
        var time = request.time()
                .filter(wish -> wish.compareTo(properties.time()) < 0)
                .orElse(properties.time());
        var mode = request.strict() ? ReadMode.STRICT : ReadMode.NEWEST;
        var source = objects.source(caller, mode, request.project());
        return engine.run(
                        plan,
                        source,
                        context,
                        new EngineSettings(properties.memory().toBytes(), time))
                .flatMap(answer -> {
                    var gathered = new Gathered(properties.pageBytes().toBytes());
                    return answer.rows().takeUntil(gathered::add).then(Mono.fromSupplier(() -> {
                        if (gathered.full()) {
                            requirePaged(plan);
                            answer.cut().run();
                        }
                        return new Page(
                                answer.columns(),
                                gathered.rows(),
                                answer.cursor().get(),
                                answer.warnings().get(),
                                source.closed(),
                                Duration.between(context.now(), clock.instant()));
                    }));
                })
                .timeout(time.plus(properties.strictWait()));
    }

    /** Groups and traces come whole or not at all. */
    private void requirePaged(Plan.Query plan) {
        boolean traces = plan.rows() instanceof Plan.Page page && page.limit().isEmpty();
        if (!plan.paged() || traces) {
            throw QueryFault.of(
                            QueryFault.Kind.BUDGET,
                            "the answer has more than %d bytes"
                                    .formatted(properties.pageBytes().toBytes()),
                            Place.NONE)
                    .withHint("select fewer columns, or ask for fewer rows with LIMIT")
                    .exception();
        }
    }

    private Plan.Query plan(QueryRequest request, QueryContext context) {
        long rows = properties.rowsMax();
        var plan = new Binder(new BindSettings(context, rows, rows, 10 * rows, request.parameters()))
                .bind(request.query());
        if (request.strictLint()) {
            Lint.check(plan.warnings());
        }
        return plan;
    }

    /** Rows until they are enough; on one thread at a time. */
    private static final class Gathered {
        private final long bytesMax;
        private final List<byte[]> rows = new ArrayList<>();
        private long bytes;

        Gathered(long bytesMax) {
            this.bytesMax = bytesMax;
        }

        boolean add(ObjectValue row) {
            var json = JsonWriter.json(row).getBytes(StandardCharsets.UTF_8);
            rows.add(json);
            bytes += json.length;
            return full();
        }

        boolean full() {
            return bytes > bytesMax;
        }

        List<byte[]> rows() {
            return rows;
        }
    }
}
