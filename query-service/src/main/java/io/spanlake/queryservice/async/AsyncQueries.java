package io.spanlake.queryservice.async;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.model.OrganizationId;
import io.spanlake.queryservice.answer.QueryProblems;
import io.spanlake.queryservice.answer.RowFormat;
import io.spanlake.queryservice.run.QueryRequest;
import io.spanlake.queryservice.run.QueryRuns;
import io.spanlake.service.auth.Caller;
import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs queries whose rows go to disk, where their clients get them by and by, again if they like. They wait for a place like
 * all others, and have more time. They are of this process alone: after its end a client asks anew. Thread-safe.
 */
public final class AsyncQueries {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncQueries.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final int ROWS_AHEAD = 32;

    private final QueryRuns runs;
    private final AsyncLimits limits;
    private final Scheduler disk;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<UUID, AsyncQuery> queries = new LinkedHashMap<>();

    public AsyncQueries(
            QueryRuns runs,
            AsyncLimits limits,
            Scheduler disk,
            InstantSource clock,
            RandomGenerator random,
            MeterRegistry registry) {
        this.runs = runs;
        this.limits = limits;
        this.disk = disk;
        this.clock = clock;
        this.random = random;
        empty(limits.folder());
        Gauge.builder("spanlake.query.async.kept", queries, this::size)
                .description("Queries without a waiting client that are known, running or ended")
                .register(registry);
    }

    private int size(Map<UUID, AsyncQuery> all) {
        synchronized (queries) {
            return all.size();
        }
    }

    Mono<AsyncQuery> start(Caller caller, QueryRequest request) {
        return Mono.fromCallable(() -> begin(caller, request)).subscribeOn(disk);
    }

    private AsyncQuery begin(Caller caller, QueryRequest request) {
        AsyncQuery query;
        synchronized (queries) {
            expire();
            if (queries.size() >= limits.kept() && !dropOldestEnded()) {
                throw Problem.of(
                                503,
                                "busy",
                                "Too many queries at once",
                                "%d queries run without a waiting client, and there may be no more"
                                        .formatted(limits.kept()))
                        .retryAfter(RETRY_AFTER)
                        .refused();
            }
            var id = new UUID(random.nextLong(), random.nextLong());
            var file = ResultFile.create(limits.folder().resolve(id + ".jsonl"), limits.bytes());
            query = new AsyncQuery(id, caller.organization(), file, clock.instant());
            queries.put(id, query);
        }
        var started = query;
        started.runs(
                runs.lines(caller, request, runs.limits().within(limits.time()), RowFormat.JSON_LINES, started::begun)
                        .publishOn(disk, ROWS_AHEAD)
                        .doOnNext(started.result()::append)
                        .onErrorMap(QueryProblems::of)
                        .subscribe(_ -> {}, error -> failed(started, error), started::ended));
        return started;
    }

    private static void failed(AsyncQuery query, Throwable error) {
        if (error instanceof RefusedException refused) {
            query.failed(refused.problem().detail());
        } else {
            LOG.error("query {} without a waiting client failed", query.id(), error);
            query.failed("the query failed inside of the service");
        }
    }

    /** Of the caller's organization; of others as if there were none. */
    Optional<AsyncQuery> find(OrganizationId organization, UUID id) {
        synchronized (queries) {
            expire();
            var found = Optional.ofNullable(queries.get(id))
                    .filter(query -> query.organization().equals(organization));
            found.ifPresent(query -> query.asked(clock.instant()));
            return found;
        }
    }

    private void expire() {
        var oldest = clock.instant().minus(limits.keep());
        queries.values().stream()
                .filter(query -> query.status().ended() && query.asked().isBefore(oldest))
                .toList()
                .forEach(this::drop);
    }

    private boolean dropOldestEnded() {
        var oldest = queries.values().stream()
                .filter(query -> query.status().ended())
                .min(Comparator.comparing(AsyncQuery::asked));
        oldest.ifPresent(this::drop);
        return oldest.isPresent();
    }

    private void drop(AsyncQuery query) {
        queries.remove(query.id());
        disk.schedule(query.result()::delete);
    }

    Scheduler disk() {
        return disk;
    }

    long pageBytes() {
        return runs.limits().pageBytes();
    }

    private static void empty(Path folder) {
        try {
            Files.createDirectories(folder);
            try (var old = Files.newDirectoryStream(folder, "*.jsonl")) {
                for (var file : old) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("spanlake.query.folder (%s)".formatted(folder), e);
        }
    }
}
