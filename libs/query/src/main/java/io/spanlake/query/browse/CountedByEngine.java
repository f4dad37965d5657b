package io.spanlake.query.browse;

import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Value;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Facets, histograms and counts as queries that the engine answers of columns; empty where it takes more than it may. */
final class CountedByEngine {
    private static final int GROUPS_MAX = 10_000;
    private static final String KEY = "value 0";
    private static final String ROWS = "measure 0";
    private static final String MORE = "measure 1";
    private static final int MINUTE = 60;

    private final EngineRun engine;
    private final QuestionBinder binder;
    private final RowQuestion question;

    CountedByEngine(EngineRun engine, QuestionBinder binder, RowQuestion question) {
        this.engine = engine;
        this.binder = binder;
        this.question = question;
    }

    /** What was counted, of how many rows; {@code exact} where nothing was estimated or left out. */
    record Counted<T>(T value, long rows, boolean exact) {
        WorkDone work() {
            return new WorkDone(rows, exact ? Optional.empty() : Optional.of(WorkDone.Limit.VALUES));
        }
    }

    /** Groups with equal arrays count as often as they are, item by item. */
    Mono<Counted<List<FacetCounter>>> facets(List<String> paths, String prefix) {
        return Flux.fromIterable(paths)
                .concatMap(path -> facet(path, prefix))
                .collectList()
                .filter(found -> found.size() == paths.size())
                .map(found -> new Counted<>(
                        found.stream().map(Counted::value).toList(),
                        found.stream().mapToLong(Counted::rows).max().orElse(0),
                        found.stream().allMatch(Counted::exact)));
    }

    private Mono<Counted<FacetCounter>> facet(String path, String prefix) {
        var query = binder.groups(question, path, List.of("count(1)"), true, GROUPS_MAX);
        return engine.rows(binder.plan(query)).map(found -> {
            var counter = new FacetCounter(path, prefix);
            found.rows().forEach(group -> counter.add(group.get(KEY), number(group.get(ROWS))));
            long rows = found.rows().stream()
                    .mapToLong(group -> number(group.get(ROWS)))
                    .sum();
            boolean whole = found.rows().size() < GROUPS_MAX && !counter.isFull();
            return new Counted<>(counter, rows, whole && found.exact());
        });
    }

    /** By the minute, by the hour where those would be too many, by the second where all lies within few minutes. */
    Mono<Counted<HistogramCounter>> histogram(int seconds, int buckets) {
        return groups("minute(created)").flatMap(minutes -> {
            if (minutes.size() == GROUPS_MAX) {
                return groups("hour(created)")
                        .filter(hours -> hours.size() < GROUPS_MAX)
                        .map(hours -> counted(hours, seconds));
            }
            return seconds < MINUTE && span(minutes) * MINUTE <= buckets
                    ? groups("second(created)").map(found -> counted(found, seconds))
                    : Mono.just(counted(minutes, seconds));
        });
    }

    private Mono<List<ObjectValue>> groups(String key) {
        var query = binder.groups(
                question, key, List.of("count(1)", "count_if(" + binder.isError() + ")"), false, GROUPS_MAX);
        return engine.rows(binder.plan(query)).map(EngineRun.Rows::rows);
    }

    /** Minutes from the first to the last. */
    private static long span(List<ObjectValue> minutes) {
        var times = minutes.stream()
                .map(group -> group.get(KEY))
                .filter(TimeValue.class::isInstance)
                .mapToLong(time -> ((TimeValue) time).instant().getEpochSecond() / MINUTE)
                .summaryStatistics();
        return times.getCount() == 0 ? 0 : times.getMax() - times.getMin() + 1;
    }

    private static Counted<HistogramCounter> counted(List<ObjectValue> groups, int seconds) {
        var counter = new HistogramCounter(seconds);
        long rows = 0;
        for (var group : groups) {
            counter.add(group.get(KEY), number(group.get(ROWS)), number(group.get(MORE)));
            rows += number(group.get(ROWS));
        }
        return new Counted<>(counter, rows, true);
    }

    Mono<Counted<RowCounts>> counts() {
        var query = binder.totals(question, List.of("count(1)", "count_distinct(" + binder.trace() + ")"));
        return engine.rows(binder.plan(query)).map(found -> {
            var row = found.rows().getFirst();
            long rows = number(row.get(ROWS));
            return new Counted<>(new RowCounts(rows, number(row.get(MORE))), rows, found.exact());
        });
    }

    private static long number(Value value) {
        return value instanceof LongValue(var number) ? number : 0;
    }
}
