package io.spanlake.query.browse;

import io.spanlake.query.execute.EngineSettings;
import io.spanlake.query.execute.QueryEngine;
import io.spanlake.query.execute.RowView;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.read.Freshness;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.scan.ObjectScans;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.Value;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The questions of a UI: {@code bind → snapshot → a few rows one by one → the engine, where those were not all → more rows, newest
 * first, where it takes too much → answer}. Errors are
 * {@code QueryFaultException}s, {@code ReadRefusedException}s, or what the catalog or the store could not do. Thread-safe;
 * blocks nobody.
 */
public final class Browse {
    private final ObjectScans scans;
    private final Scheduler thread;
    private final BrowseLimits limits;
    private final PriceTable prices;
    private final InstantSource clock;

    /** @param thread bounded, for CPU work */
    public Browse(ObjectScans scans, Scheduler thread, BrowseLimits limits, PriceTable prices, InstantSource clock) {
        this.scans = scans;
        this.thread = thread;
        this.limits = limits;
        this.prices = prices;
        this.clock = clock;
    }

    public Mono<Browsed<ListPage>> list(ReadTarget target, ReadMode mode, ListRequest request) {
        return asked(target, mode, binder -> binder.bind(request.rows(), List.of(), request.sort()), asked -> {
            var reader = new ListReader(asked.bound, request, limits.bytes());
            if (asked.bound.sort().isEmpty()) {
                return asked.looked(limits.work(), reader::page);
            }
            var engine = new EngineList(asked.binder, request, reader, limits.bytes());
            return asked.looked(limits.few(), reader::page)
                    .flatMap(few -> few.orElse(
                            () -> engine.page(asked.engine)
                                    .map(page -> new Made<>(
                                            page, new WorkDone(page.rows().size(), Optional.empty()))),
                            () -> asked.looked(limits.work(), reader::page)));
        });
    }

    /**
     * The most frequent values of each path.
     *
     * @param values of each path, at most
     */
    public Mono<Browsed<List<Facet>>> facets(
            ReadTarget target, ReadMode mode, RowQuestion question, List<String> paths, int values) {
        return counted(
                target,
                mode,
                question,
                paths,
                "",
                counters ->
                        counters.stream().map(counter -> counter.facet(values)).toList());
    }

    /** The values of a path that begin so, the most frequent first. */
    public Mono<Browsed<Facet>> values(
            ReadTarget target, ReadMode mode, RowQuestion question, String path, String prefix, int values) {
        return counted(
                target,
                mode,
                question,
                List.of(path),
                prefix,
                counters -> counters.getFirst().facet(values));
    }

    private <T> Mono<Browsed<T>> counted(
            ReadTarget target,
            ReadMode mode,
            RowQuestion question,
            List<String> paths,
            String prefix,
            Function<List<FacetCounter>, T> shown) {
        return asked(
                target,
                mode,
                binder -> binder.bind(
                        question,
                        paths.stream().map(QuestionBinder::checkedPath).toList(),
                        List.of()),
                asked -> asked.counted(
                        question,
                        (rows, work) -> {
                            var counters = paths.stream()
                                    .map(path -> new FacetCounter(path, prefix))
                                    .toList();
                            return rows.newestFirst(work)
                                    .doOnNext(match -> add(counters, asked.bound.values(match.tuple())))
                                    .doOnComplete(() -> leaveOut(counters, work))
                                    .then(Mono.just(counters));
                        },
                        engine -> engine.facets(paths, prefix),
                        shown));
    }

    private static void leaveOut(List<FacetCounter> counters, Work work) {
        if (counters.stream().anyMatch(FacetCounter::isFull)) {
            work.leaveOut();
        }
    }

    private static void add(List<FacetCounter> counters, Value[] values) {
        for (int i = 0; i < values.length; i++) {
            counters.get(i).add(values[i]);
        }
    }

    /**
     * Rows over time.
     *
     * @param seconds of a bucket at least
     * @param buckets at most, so that buckets may be longer
     */
    public Mono<Browsed<Histogram>> histogram(
            ReadTarget target, ReadMode mode, RowQuestion question, int seconds, int buckets) {
        return asked(
                target,
                mode,
                binder -> binder.bind(question, List.of("created", binder.isError()), List.of()),
                asked -> asked.counted(
                        question,
                        (rows, work) -> {
                            var counter = new HistogramCounter(seconds);
                            return rows.newestFirst(work)
                                    .doOnNext(match -> {
                                        var values = asked.bound.values(match.tuple());
                                        counter.add(values[0], values[1] == BooleanValue.TRUE);
                                    })
                                    .then(Mono.just(counter));
                        },
                        engine -> engine.histogram(seconds, buckets),
                        counter -> counter.histogram(buckets)));
    }

    /** Where the work was not enough, at least so many. */
    public Mono<Browsed<RowCounts>> counts(ReadTarget target, ReadMode mode, RowQuestion question) {
        return asked(
                target,
                mode,
                binder -> binder.bind(question, List.of(binder.trace()), List.of()),
                asked -> asked.counted(
                        question,
                        (rows, work) -> {
                            var traces = new HashSet<Value>();
                            return rows.newestFirst(work)
                                    .doOnNext(match -> traces.add(asked.bound.values(match.tuple())[0]))
                                    .count()
                                    .map(count -> new RowCounts(count, traces.size()));
                        },
                        CountedByEngine::counts,
                        counts -> counts));
    }

    /** What of an object a stream of new rows shows. */
    BoundRows bound(ReadTarget target, RowQuestion question) {
        return binder(target, context()).bind(question, List.of(), List.of());
    }

    private QueryContext context() {
        return new QueryContext(clock.instant(), 0, prices);
    }

    private static QuestionBinder binder(ReadTarget target, QueryContext context) {
        return new QuestionBinder(target.object().ref(), context);
    }

    /** An answer and what it was made of. */
    private record Made<T>(T value, WorkDone work) {
        /** This where it is exact, else the first of the others that comes. */
        Mono<Made<T>> orElse(Supplier<Mono<Made<T>>> engine, Supplier<Mono<Made<T>>> more) {
            return work.exact() ? Mono.just(this) : engine.get().switchIfEmpty(Mono.defer(more));
        }
    }

    /** A question over a snapshot. */
    private final class Asked {
        private final BoundRows bound;
        private final QuestionBinder binder;
        private final MatchingRows rows;
        private final EngineRun engine;

        Asked(BoundRows bound, QuestionBinder binder, RowView view, QueryContext context) {
            this.bound = bound;
            this.binder = binder;
            this.rows = new MatchingRows(view, bound, thread);
            this.engine = new EngineRun(
                    new QueryEngine(thread), view, context, new EngineSettings(limits.heapBytes(), limits.time()));
        }

        <T> Mono<Made<T>> looked(Work.WorkLimits bounds, BiFunction<MatchingRows, Work, Mono<T>> reading) {
            return Mono.defer(() -> {
                var work = new Work(bounds, clock);
                return reading.apply(rows, work).map(value -> new Made<>(value, work.done()));
            });
        }

        <C, T> Mono<Made<T>> counted(
                RowQuestion question,
                BiFunction<MatchingRows, Work, Mono<C>> counting,
                Function<CountedByEngine, Mono<CountedByEngine.Counted<C>>> byEngine,
                Function<C, T> shown) {
            var questions = new CountedByEngine(engine, binder, question);
            return looked(limits.few(), counting)
                    .flatMap(few -> few.orElse(
                            () -> byEngine.apply(questions).map(found -> new Made<>(found.value(), found.work())),
                            () -> looked(limits.work(), counting)))
                    .map(made -> new Made<>(shown.apply(made.value), made.work));
        }
    }

    private <T> Mono<Browsed<T>> asked(
            ReadTarget target,
            ReadMode mode,
            Function<QuestionBinder, BoundRows> binding,
            Function<Asked, Mono<Made<T>>> answering) {
        return Mono.defer(() -> {
                    var context = context();
                    var binder = binder(target, context);
                    var bound = binding.apply(binder);
                    return scans.snapshot(target, mode).flatMap(snapshot -> {
                        var freshness = new Freshness(mode, snapshot.state(), clock.instant());
                        return answering
                                .apply(new Asked(bound, binder, snapshot.rows(), context))
                                .map(made -> new Browsed<>(made.value, made.work, freshness));
                    });
                })
                .subscribeOn(thread);
    }
}
