package io.spanlake.simulation.node;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.simulation.log.StreamerLog;
import io.spanlake.simulation.time.SimProcess;
import io.spanlake.wal.Failpoints;
import io.spanlake.wal.WalMetrics;
import io.spanlake.wal.WalProperties;
import io.spanlake.wal.WalSchedulers;
import io.spanlake.wal.WalStreamer;
import io.spanlake.wal.announce.WalEvents;
import io.spanlake.wal.collect.FlushCollector;
import io.spanlake.wal.commit.FlushCommits;
import io.spanlake.wal.store.FlushStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** A wal-streamer. */
public final class StreamerNode {
    private static final Duration RESTART = Duration.ofSeconds(1);
    private static final WalProperties PROPERTIES = new WalProperties(
            "sim",
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofMillis(5),
            50,
            DataSize.ofKilobytes(4),
            DataSize.ofKilobytes(64),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10));

    private final Surroundings world;
    private final SimProcess process;
    private final Set<Integer> wanted;
    private final WalStreamer streamer;

    /**
     * @param wanted partitions that it believes to be its own; may change
     * @param moved  told of each partition that it has moved on
     */
    public StreamerNode(Surroundings world, SimProcess process, Set<Integer> wanted, IntConsumer moved) {
        this.world = world;
        this.process = process;
        this.wanted = wanted;
        var timer = process.scheduler();
        var schedulers = new WalSchedulers(timer, timer, timer, timer);
        var metrics = new WalMetrics(new SimpleMeterRegistry());
        var clock = world.time().clock();
        var commits = world.catalog().walCommits(process::call);
        WalEvents events = outcome -> {
            outcome.committed().forEach(range -> moved.accept(range.claim().partition()));
            return Mono.just(outcome);
        };
        streamer = new WalStreamer(
                () -> new StreamerLog(world.topic(), commits, process, world.random(), PROPERTIES, clock, this.wanted),
                new FlushCollector(PROPERTIES, clock, timer, metrics),
                new FlushStore(
                        world.blobs(process),
                        world.catalog().unreadableBlobs(),
                        PROPERTIES,
                        schedulers,
                        clock,
                        world.random(),
                        metrics),
                new FlushCommits(commits, PROPERTIES, timer, clock, world.random(), metrics),
                events,
                Failpoints.NONE);
    }

    /** Runs until the process dies; a run that fails is followed by another. */
    public void start() {
        streamer.run().subscribe(_ -> {}, fault -> {
            world.trace().add(process.name(), "the run failed: " + fault);
            process.scheduler().schedule(this::start, RESTART.toMillis(), TimeUnit.MILLISECONDS);
        });
    }
}
