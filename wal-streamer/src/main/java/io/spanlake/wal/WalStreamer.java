package io.spanlake.wal;

import static io.spanlake.wal.FlushStep.ANNOUNCED;
import static io.spanlake.wal.FlushStep.COMMITTED;
import static io.spanlake.wal.FlushStep.ENCODED;
import static io.spanlake.wal.FlushStep.RECEIVED;
import static io.spanlake.wal.FlushStep.STORED;

import io.spanlake.wal.announce.WalEvents;
import io.spanlake.wal.collect.FlushCollector;
import io.spanlake.wal.commit.CommitOutcome;
import io.spanlake.wal.commit.FlushCommits;
import io.spanlake.wal.receive.Log;
import io.spanlake.wal.store.FlushStore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The whole way of a write from Kafka to visible: {@code receive → collect → encode → store → commit → announce}.
 *
 * <p>Order is kept. A flush is visible once {@code commit} returns, and only then; what fails before it leaves at most an
 * unlisted blob, which the sweeper removes. A partition whose flush could not be made visible loses its claim: all that
 * comes after it under that claim is dropped at {@code commit}, and read anew from the offset in the catalog.
 */
public final class WalStreamer {
    private static final int ENCODES_IN_FLIGHT = 2;
    private static final int PUTS_IN_FLIGHT = 4;

    private final Supplier<Log> logs;
    private final FlushCollector collector;
    private final FlushStore store;
    private final FlushCommits commits;
    private final WalEvents events;
    private final Failpoints failpoints;
    private final AtomicReference<@Nullable Log> current = new AtomicReference<>();

    /** @param logs a new one for each run */
    public WalStreamer(
            Supplier<Log> logs,
            FlushCollector collector,
            FlushStore store,
            FlushCommits commits,
            WalEvents events,
            Failpoints failpoints) {
        this.logs = logs;
        this.collector = collector;
        this.store = store;
        this.commits = commits;
        this.events = events;
        this.failpoints = failpoints;
    }

    /**
     * Runs until {@link #leave} or until cancelled. An error ends it, and its owner starts it anew: it goes on from the
     * offsets in the catalog.
     */
    public Flux<CommitOutcome> run() {
        return Flux.defer(() -> {
            var log = logs.get();
            current.set(log);
            return run(log);
        });
    }

    /** Flushes what is on its way and hands the partitions over; then the run completes. Never blocks. */
    public void leave() {
        var log = current.get();
        if (log != null) {
            log.leave();
        }
    }

    private Flux<CommitOutcome> run(Log log) {
        return log.receive()
                .doOnNext(at(RECEIVED))
                .transform(received -> collector.collect(received, log))
                .flatMapSequential(store::encode, ENCODES_IN_FLIGHT, 1)
                .doOnNext(at(ENCODED))
                .flatMapSequential(store::put, PUTS_IN_FLIGHT, 1)
                .doOnNext(at(STORED))
                .concatMap(commits::commit, 1)
                .doOnNext(outcome -> settle(outcome, log))
                .doOnNext(at(COMMITTED))
                .concatMap(events::announce, 1)
                .doOnNext(at(ANNOUNCED));
    }

    /** Whatever became of it, the flush is not held in memory any more. */
    private static void settle(CommitOutcome outcome, Log log) {
        outcome.committed().forEach(range -> log.committed(range.claim(), range.next(), range.latestAppend()));
        outcome.committed().forEach(range -> log.settled(range.claim(), range.bytes()));
        outcome.dropped().forEach(range -> log.settled(range.claim(), range.bytes()));
    }

    private <T> Consumer<T> at(FlushStep step) {
        return _ -> failpoints.reached(step);
    }
}
