package io.spanlake.compactor;

import io.spanlake.catalog.work.CompactionLane;
import io.spanlake.catalog.work.CompactionWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/**
 * Indexes what waits without waiting for age or size, because a person or a test asks for it. The work is done by the threads
 * of their lane, one after the other as ever. Nothing blocks.
 */
public final class CompactNow {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final CompactorThreads threads;
    private final CompactionWork work;
    private final CompactorProperties properties;
    private final InstantSource clock;

    CompactNow(CompactorThreads threads, CompactionWork work, CompactorProperties properties, InstantSource clock) {
        this.threads = threads;
        this.work = work;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Completes when all that was processed before this was subscribed to stands in parts. What waits for its row stays in
     * the tail, as it would anyway. Never completes where an object's jobs fail: give it a time.
     */
    public Mono<Void> tail() {
        return Mono.defer(() -> indexedBefore(clock.instant()));
    }

    private Mono<Void> indexedBefore(Instant begun) {
        return Mono.defer(() -> Mono.fromFuture(
                        threads.compactAll(CompactionLane.TAIL, () -> properties.termsOfTail(since(begun))), true))
                .then(Mono.defer(() -> work.tailSections(since(begun))))
                .filter(left -> left == 0)
                .repeatWhenEmpty(tries -> tries.concatMap(_ -> Mono.delay(LOOK_AGAIN)))
                .then();
    }

    /** Completes when each object has at most one part of a level that could be merged. */
    public Mono<Void> merges() {
        return Mono.defer(
                () -> Mono.fromFuture(threads.compactAll(CompactionLane.REWRITE, properties::termsOfMerges), true));
    }

    private Duration since(Instant begun) {
        return Duration.between(begun, clock.instant());
    }
}
