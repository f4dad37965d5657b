package io.spanlake.segments;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.segments.commit.CutCommits;
import io.spanlake.segments.fold.CutFolder;
import io.spanlake.segments.look.CutOutcome;
import io.spanlake.segments.look.FooterRecall;
import io.spanlake.segments.look.Lookout;
import io.spanlake.segments.place.SegmentIds;
import io.spanlake.segments.read.CutReader;
import io.spanlake.segments.read.KafkaReplay;
import io.spanlake.segments.store.CutStore;
import io.spanlake.segments.wake.Ownership;
import io.spanlake.segments.wake.Task;
import io.spanlake.segments.wake.WakeStreams;
import io.spanlake.storage.processed.ProcessedBlobs;
import io.spanlake.storage.wal.WalBlobs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** One processor as a process would run it: stream thread, threads and meters of its own. */
final class ProcessorUnderTest implements AutoCloseable {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    /** How long a stop or a joining member is waited for, a second or two otherwise. */
    private static final int POLL_MS = 50;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<CutOutcome> outcomes = new CopyOnWriteArrayList<>();
    final Ownership ownership = new Ownership();
    private final SegmentsSchedulers schedulers = SegmentsSchedulers.create(2);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final SegmentsMetrics metrics = new SegmentsMetrics(meters);
    private final WakeStreams streams;
    private final SegmentProcessor processor;
    private final Disposable running;
    private volatile @Nullable Throwable death;

    ProcessorUnderTest(ProcessorKit kit, String name, SegmentsProperties properties, Failpoints failpoints) {
        var connection =
                Map.<String, Object>of("bootstrap.servers", kit.broker().bootstrapServers());
        var hurried = new HashMap<String, Object>(connection);
        hurried.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
        hurried.put(StreamsConfig.consumerPrefix("fetch.max.wait.ms"), POLL_MS);
        hurried.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), POLL_MS);
        streams = new WakeStreams(hurried, kit.events, properties, ownership);
        var recall = new FooterRecall(
                kit.memory, new ProcessedBlobs(kit.blobs, schedulers.work()), properties.knownTraces());
        var replay = new KafkaReplay(
                () -> new KafkaConsumer<>(connection, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                kit.topic,
                schedulers.log(),
                CLOCK);
        var random = new Random();
        processor = new SegmentProcessor(
                new Lookout(ownership, kit.cuts, kit.snapshots, recall, name, properties, CLOCK, metrics),
                new CutReader(
                        new WalBlobs(kit.blobs, schedulers.work()),
                        replay,
                        properties.cutBytes().toBytes(),
                        CLOCK,
                        metrics),
                new CutFolder(properties.limits(), CLOCK, () -> SegmentIds.fresh(CLOCK, random), metrics),
                new CutStore(kit.blobs, properties, schedulers, CLOCK, random, metrics),
                new CutCommits(kit.cuts, CLOCK, metrics),
                properties,
                schedulers,
                failpoints,
                () -> {});
        streams.start();
        running = processor
                .run()
                .subscribeOn(schedulers.work())
                .doFinally(_ -> ended.countDown())
                .subscribe(outcomes::add, e -> death = e);
    }

    CutNow cutNow(ProcessorKit kit) {
        return new CutNow(processor, kit.cuts, kit.snapshots);
    }

    /** Absent while it lives. */
    @Nullable
    Throwable death() {
        return death;
    }

    List<Integer> partitions() {
        return ownership.tasks().stream().map(Task::partition).toList();
    }

    boolean awaitEnd() throws InterruptedException {
        return ended.await(30, TimeUnit.SECONDS);
    }

    /** As a stop of the process would: finishes its cut, gives its partitions away. */
    void leave() throws InterruptedException {
        processor.leave();
        if (!awaitEnd()) {
            throw new AssertionError("the processor did not leave");
        }
        streams.stop(STOP_WITHIN);
    }

    /** Runs it as a process does, after the death that it was made for. */
    SegmentsRunner runner() {
        return new SegmentsRunner(streams, processor, schedulers, metrics);
    }

    double count(String meter) {
        return meters.get(meter).counter().count();
    }

    double gauge(String meter) {
        return meters.get(meter).gauge().value();
    }

    /** Ends it at once: nothing is finished. */
    @Override
    public void close() {
        running.dispose();
        streams.stop(STOP_WITHIN);
        schedulers.dispose();
    }
}
