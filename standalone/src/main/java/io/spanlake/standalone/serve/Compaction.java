package io.spanlake.standalone.serve;

import io.spanlake.catalog.WalSnapshots;
import io.spanlake.compactor.CompactNow;
import io.spanlake.segments.CutNow;
import io.spanlake.standalone.serve.LogEdges.Edges;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Brings everything that was acknowledged so far into parts, and tells each step as it is done. */
final class Compaction {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final WalSnapshots snapshots;
    private final LogEdges edges;
    private final Optional<Stages> stages;

    /** @param cut what cuts at once, and {@code index} what indexes at once */
    record Stages(CutNow cut, CompactNow index) {}

    /** @param stages absent where they do not run */
    Compaction(WalSnapshots snapshots, LogEdges edges, Optional<Stages> stages) {
        this.snapshots = snapshots;
        this.edges = edges;
        this.stages = stages;
    }

    boolean runs() {
        return stages.isPresent();
    }

    /**
     * {@code {"step":"begun"}} at once, then {@code logged}, {@code processed}, {@code indexed} and, where asked, {@code
     * merged}; {@code {"done":true}}, or {@code {"done":false}} where the next step was not over in time.
     *
     * @param merges whether parts are merged too, as far as they can be
     */
    Flux<Map<String, Object>> lines(boolean merges, Duration within) {
        var running = stages.orElseThrow();
        var steps = Flux.concat(
                step("begun", Mono.empty()),
                step("logged", logged()),
                step("processed", running.cut().everything()),
                step("indexed", running.index().tail()),
                merges ? step("merged", running.index().merges()) : Flux.empty());
        Mono<Map<String, Object>> late = Mono.delay(within).then(Mono.error(new TimeoutException()));
        return Flux.merge(steps.concatWithValues(Map.of("done", true)), late)
                .takeUntil(line -> line.containsKey("done"))
                .onErrorResume(TimeoutException.class, _ -> Flux.just(Map.of("done", false)));
    }

    private static Flux<Map<String, Object>> step(String name, Mono<Void> work) {
        Map<String, Object> line = Map.of("step", name);
        return work.thenReturn(line).flux();
    }

    /** Until the write-ahead log has what Kafka has now. A partition that is stopped is not waited for. */
    private Mono<Void> logged() {
        return snapshots.positions().flatMap(known -> edges.of(known.keySet())).flatMap(this::loggedUpTo);
    }

    private Mono<Void> loggedUpTo(Map<Integer, Edges> ends) {
        return snapshots
                .positions()
                .filter(positions -> positions.values().stream()
                        .allMatch(position -> position.stopped().isPresent()
                                || !ends.containsKey(position.partition())
                                || position.offset()
                                        >= ends.get(position.partition()).next()))
                .repeatWhenEmpty(tries -> tries.concatMap(_ -> Mono.delay(LOOK_AGAIN)))
                .then();
    }
}
