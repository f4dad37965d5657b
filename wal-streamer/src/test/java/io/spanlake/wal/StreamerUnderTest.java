package io.spanlake.wal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.UnreadableBlobs;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.wal.announce.KafkaWalEvents;
import io.spanlake.wal.collect.FlushCollector;
import io.spanlake.wal.commit.CommitOutcome;
import io.spanlake.wal.commit.FlushCommits;
import io.spanlake.wal.receive.KafkaLog;
import io.spanlake.wal.receive.TopicIdentity;
import io.spanlake.wal.store.FlushStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** One streamer as a process would run it: threads, meters and consumer of its own. */
final class StreamerUnderTest implements AutoCloseable {
    private static final InstantSource CLOCK = InstantSource.system();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<CommitOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final List<Wait> waits = new CopyOnWriteArrayList<>();
    private final WalSchedulers schedulers = WalSchedulers.create(2);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final WalStreamer streamer;
    private final WalMetrics metrics = new WalMetrics(meters);
    private final KafkaWalEvents events;
    private final Admin admin;
    private final Disposable running;
    private volatile @Nullable Throwable death;

    StreamerUnderTest(
            String bootstrapServers,
            String topic,
            String eventsTopic,
            String name,
            WalProperties properties,
            WalCommits catalog,
            WalSnapshots snapshots,
            BlobStore blobs,
            UnreadableBlobs unreadable,
            Failpoints failpoints) {
        var connection = Map.<String, Object>of("bootstrap.servers", bootstrapServers);
        admin = Admin.create(connection);
        events = new KafkaWalEvents(connection, eventsTopic, schedulers.announce(), metrics);
        streamer = new WalStreamer(
                () -> new KafkaLog(
                        connection,
                        topic,
                        name,
                        TopicIdentity.of(admin, topic),
                        properties,
                        catalog,
                        snapshots,
                        CLOCK,
                        metrics,
                        () -> {}),
                new FlushCollector(properties, CLOCK, schedulers.collect(), metrics),
                new FlushStore(blobs, unreadable, properties, schedulers, CLOCK, new Random(), metrics),
                new FlushCommits(catalog, properties, schedulers.timer(), CLOCK, new Random(1), metrics),
                events,
                failpoints);
        running = streamer.run().doFinally(_ -> ended.countDown()).subscribe(this::seen, e -> death = e);
    }

    private void seen(CommitOutcome outcome) {
        outcomes.add(outcome);
        var now = CLOCK.instant();
        outcome.committed().forEach(range -> waits.add(new Wait(range.oldestAppend(), now)));
    }

    /** The longest that a record appended since then waited for its commit. */
    Duration longestWait(Instant since) {
        return waits.stream()
                .filter(wait -> wait.appended().isAfter(since))
                .map(wait -> Duration.between(wait.appended(), wait.committed()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private record Wait(Instant appended, Instant committed) {}

    /** Absent while it lives. */
    @Nullable
    Throwable death() {
        return death;
    }

    boolean awaitEnd() throws InterruptedException {
        return ended.await(20, TimeUnit.SECONDS);
    }

    /** As a stop of the process would: flushes, hands over, ends. */
    void leave() throws InterruptedException {
        streamer.leave();
        if (!awaitEnd()) {
            throw new AssertionError("the streamer did not leave");
        }
    }

    double count(String meter) {
        return meters.get(meter).counter().count();
    }

    double gauge(String meter) {
        return meters.get(meter).gauge().value();
    }

    /** Runs it as a process does, after the death that it was made for. */
    WalRunner runner() {
        return new WalRunner(streamer, schedulers, metrics);
    }

    /** Ends it at once: nothing is flushed. */
    @Override
    public void close() {
        running.dispose();
        events.close();
        admin.close();
        schedulers.dispose();
    }
}
