package io.spanlake.queryservice.run;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spanlake.model.OrganizationId;
import io.spanlake.service.errors.Problem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Lets so many queries run at once. A free place goes to the organization that has the fewest running, of those to the one
 * that got a place longest ago, and within it to whoever came first: one that sends many slows only itself. Thread-safe;
 * blocks nobody.
 */
public final class QueryQueue {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /**
     * @param running  queries at once
     * @param waiting  of one organization; more are refused
     * @param patience the longest wait
     */
    public record Limits(int running, int waiting, Duration patience) {}

    private static final class Share {
        final Deque<Place> waiting = new ArrayDeque<>();
        int running;
        long turn;
    }

    /** Of one query, from its wait to its end. */
    final class Place {
        private final OrganizationId organization;
        private final Sinks.Empty<Void> turn = Sinks.empty();
        private final Timer.Sample wait = Timer.start(registry);
        private boolean granted;
        private boolean left;

        private Place(OrganizationId organization) {
            this.organization = organization;
        }

        /** Ends once the query may run. */
        Mono<Void> turn() {
            return turn.asMono()
                    .timeout(limits.patience(), timer)
                    .publishOn(work)
                    .onErrorMap(TimeoutException.class, _ -> busy("no place came free within " + limits.patience()));
        }

        /** Gives up what it has or waits for. */
        void leave() {
            leaves(this);
        }
    }

    private final Limits limits;
    private final Scheduler work;
    private final Scheduler timer;
    private final MeterRegistry registry;
    private final Map<OrganizationId, Share> shares = new HashMap<>();
    private int running;
    private int waiting;
    private long turns;

    /** @param work where those that have waited go on */
    public QueryQueue(Limits limits, Scheduler work, Scheduler timer, MeterRegistry registry) {
        this.limits = limits;
        this.work = work;
        this.timer = timer;
        this.registry = registry;
        Gauge.builder("spanlake.query.running", this, QueryQueue::running)
                .description("Queries that run now")
                .register(registry);
        Gauge.builder("spanlake.query.waiting", this, QueryQueue::waiting)
                .description("Queries that wait for one that runs to end")
                .register(registry);
    }

    public synchronized int running() {
        return running;
    }

    public synchronized int waiting() {
        return waiting;
    }

    /** Does the work when its turn comes; whoever cancels gives up the place, or the wait for it. */
    <T> Mono<T> mono(OrganizationId organization, Supplier<Mono<T>> query) {
        return Mono.defer(() -> {
            var place = enter(organization);
            return place.turn().then(Mono.defer(query)).doFinally(_ -> place.leave());
        });
    }

    /** As {@link #mono}, of many. */
    <T> Flux<T> flux(OrganizationId organization, Supplier<Flux<T>> query) {
        return Flux.defer(() -> {
            var place = enter(organization);
            return place.turn().thenMany(Flux.defer(query)).doFinally(_ -> place.leave());
        });
    }

    /** To be left again. */
    Place enter(OrganizationId organization) {
        var place = new Place(organization);
        synchronized (this) {
            var share = shares.computeIfAbsent(organization, _ -> new Share());
            if (running >= limits.running() && share.waiting.size() >= limits.waiting()) {
                throw busy("%d queries of this organization wait already".formatted(limits.waiting()));
            }
            share.waiting.add(place);
            waiting++;
        }
        grantAll();
        return place;
    }

    private void leaves(Place place) {
        synchronized (this) {
            if (place.left) {
                return;
            }
            place.left = true;
            var share = shares.computeIfAbsent(place.organization, _ -> new Share());
            if (place.granted) {
                running--;
                share.running--;
            } else if (share.waiting.remove(place)) {
                waiting--;
            }
            if (share.running == 0 && share.waiting.isEmpty()) {
                shares.remove(place.organization);
            }
        }
        grantAll();
    }

    private void grantAll() {
        for (var next = next(); next.isPresent(); next = next()) {
            var place = next.get();
            place.wait.stop(Timer.builder("spanlake.query.wait")
                    .description("From a query's arrival to its start")
                    .register(registry));
            place.turn.tryEmitEmpty();
        }
    }

    private synchronized Optional<Place> next() {
        if (running >= limits.running()) {
            return Optional.empty();
        }
        var chosen = shares.values().stream()
                .filter(share -> !share.waiting.isEmpty())
                .min(Comparator.<Share>comparingInt(share -> share.running).thenComparingLong(share -> share.turn));
        chosen.ifPresent(share -> {
            share.running++;
            share.turn = ++turns;
            share.waiting.element().granted = true;
            running++;
            waiting--;
        });
        return chosen.map(share -> share.waiting.remove());
    }

    private RuntimeException busy(String detail) {
        return Problem.of(
                        503,
                        "busy",
                        "Too many queries at once",
                        "%d queries run, which is as many as may, and %s".formatted(limits.running(), detail))
                .retryAfter(RETRY_AFTER)
                .refused();
    }
}
