package io.spanlake.gateway.place;

import io.spanlake.catalog.ObjectWidths;
import io.spanlake.model.ObjectRef;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Remembers how wide objects are, measures what they bring, and widens those that bring too much. A width that is old by a
 * while does no harm: no answer depends on it.
 */
public final class Widths {
    private static final Logger log = LoggerFactory.getLogger(Widths.class);
    /** Objects that are measured at a time; beyond it the newcomers of an interval are not. */
    private static final int MEASURED_MAX = 10_000;
    /** While nothing is written, one tick in so many looks at the catalog all the same. */
    private static final int QUIET_TICKS = 12;

    private final ObjectWidths catalog;
    private final int partitions;
    private final Duration interval;
    private final Map<ObjectRef, LongAdder> measured = new ConcurrentHashMap<>();
    private int quietTicks;
    private volatile Map<ObjectRef, Integer> known = Map.of();

    /** @param interval between looks at the catalog, and over which rates are measured */
    public Widths(ObjectWidths catalog, int partitions, Duration interval) {
        this.catalog = catalog;
        this.partitions = partitions;
        this.interval = interval;
    }

    public int of(ObjectRef object) {
        return known.getOrDefault(object, 1);
    }

    /** Says that so many bytes of the object are on their way. */
    public void count(ObjectRef object, long bytes) {
        var counter = measured.get(object);
        if (counter == null) {
            if (measured.size() >= MEASURED_MAX) {
                return;
            }
            counter = measured.computeIfAbsent(object, first -> new LongAdder());
        }
        counter.add(bytes);
    }

    /** Runs until cancelled; a catalog that is away is asked again. */
    public Flux<Void> run(Scheduler timer) {
        return Flux.interval(Duration.ZERO, interval, timer)
                .onBackpressureDrop()
                .filter(tick -> isDue())
                .concatMap(tick -> refresh().onErrorResume(this::unanswered), 1);
    }

    /** Whom nobody writes to needs no width: an idle gateway looks rarely. Called by the timer alone. */
    private boolean isDue() {
        boolean quiet = measured.isEmpty() && quietTicks > 0;
        quietTicks = quiet ? (quietTicks + 1) % QUIET_TICKS : 1;
        return !quiet;
    }

    private Mono<Void> refresh() {
        return widenOutgrown()
                .then(catalog.all())
                .doOnNext(all -> known = Map.copyOf(all))
                .then();
    }

    private Mono<Void> unanswered(Throwable away) {
        log.warn(
                "widths stay as they are, the catalog does not answer: {}",
                away.getClass().getSimpleName());
        return Mono.empty();
    }

    private Mono<Void> widenOutgrown() {
        var rates = Map.copyOf(measured);
        measured.clear();
        return Flux.fromIterable(rates.entrySet())
                .concatMap(entry -> widen(entry.getKey(), entry.getValue().sum()))
                .then();
    }

    private Mono<Integer> widen(ObjectRef object, long bytes) {
        var wider = WidthRule.wider(bytes, interval, of(object), partitions);
        if (wider.isEmpty()) {
            return Mono.empty();
        }
        log.info("{} outgrows {} partitions: {}", object, of(object), wider.getAsInt());
        return catalog.widen(object, wider.getAsInt());
    }
}
