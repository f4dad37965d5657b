package io.spanlake.wal.commit;

import io.spanlake.catalog.Backoff;
import io.spanlake.catalog.CatalogException;
import io.spanlake.catalog.CommittedFlush;
import io.spanlake.catalog.WalCommits;
import io.spanlake.wal.WalMetrics;
import io.spanlake.wal.WalProperties;
import io.spanlake.wal.collect.Flush;
import io.spanlake.wal.collect.TakenRange;
import io.spanlake.wal.store.StoredFlush;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Makes flushes visible, one after another: one short transaction each. A range that the catalog refuses loses its claim,
 * and so does all of a flush that cannot be committed; what comes later under a lost claim is dropped here.
 */
public final class FlushCommits {
    private static final Logger LOG = LoggerFactory.getLogger(FlushCommits.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final WalCommits catalog;
    private final WalProperties properties;
    private final Scheduler timer;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final WalMetrics metrics;

    /** @param random thread-safe */
    public FlushCommits(
            WalCommits catalog,
            WalProperties properties,
            Scheduler timer,
            InstantSource clock,
            RandomGenerator random,
            WalMetrics metrics) {
        this.catalog = catalog;
        this.properties = properties;
        this.timer = timer;
        this.clock = clock;
        this.random = random;
        this.metrics = metrics;
    }

    /** Never an error: what cannot be committed is dropped, and read again. */
    public Mono<CommitOutcome> commit(StoredFlush stored) {
        var began = clock.instant();
        return Mono.defer(() -> commitHeld(stored))
                .retryWhen(whileTheCatalogIsAway())
                .timeout(properties.giveUpAfter(), timer)
                .onErrorResume(e -> Mono.fromCallable(() -> giveUp(stored.flush(), e)))
                .doOnNext(outcome -> record(outcome, began));
    }

    /** Looks anew at each attempt: a claim may be lost while the catalog is away. */
    private Mono<CommitOutcome> commitHeld(StoredFlush stored) {
        var held = HeldPart.of(stored);
        if (held.isEmpty()) {
            return Mono.just(new CommitOutcome(List.of(), stored.flush().ranges()));
        }
        return catalog.commit(held.flushedRanges(properties.closedMargin()), held.objects())
                .map(committed -> outcome(stored.flush(), held, committed));
    }

    private static CommitOutcome outcome(Flush flush, HeldPart held, CommittedFlush answer) {
        var committed = held.ranges().stream()
                .filter(range -> answer.committed().contains(range.claim().partition()))
                .toList();
        held.ranges().stream().filter(range -> !committed.contains(range)).forEach(FlushCommits::refused);
        var dropped = flush.ranges().stream()
                .filter(range -> !committed.contains(range))
                .toList();
        return new CommitOutcome(committed, dropped);
    }

    private static void refused(TakenRange range) {
        LOG.warn("{}: the catalog refused [{}, {})", range.claim(), range.first(), range.next());
        range.claim().lose();
    }

    private static CommitOutcome giveUp(Flush flush, Throwable cause) {
        LOG.error("A flush could not be committed: its partitions are read anew. {}", flush.ranges(), cause);
        flush.lose();
        return new CommitOutcome(List.of(), flush.ranges());
    }

    private Retry whileTheCatalogIsAway() {
        // A refusal for good is told at once: the same call would be refused again.
        return Backoff.endless(FIRST_WAIT, LONGEST_WAIT)
                .retry(timer, random, fault -> !(fault instanceof CatalogException), signal -> {
                    metrics.commitRetried();
                    LOG.warn(
                            "The catalog did not answer a commit, it is repeated: {}",
                            signal.failure().toString());
                });
    }

    private void record(CommitOutcome outcome, Instant began) {
        var now = clock.instant();
        metrics.flushEnded();
        metrics.commit(Duration.between(began, now));
        outcome.committed().forEach(range -> {
            metrics.range("committed");
            metrics.visible(Duration.between(range.oldestAppend(), now));
        });
        outcome.dropped().forEach(_ -> metrics.range("dropped"));
    }
}
