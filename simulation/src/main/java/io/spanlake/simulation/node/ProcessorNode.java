package io.spanlake.simulation.node;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.catalog.processed.PendingSection;
import io.spanlake.model.Write;
import io.spanlake.segments.Failpoints;
import io.spanlake.segments.SegmentProcessor;
import io.spanlake.segments.SegmentsMetrics;
import io.spanlake.segments.SegmentsProperties;
import io.spanlake.segments.SegmentsSchedulers;
import io.spanlake.segments.commit.CutCommits;
import io.spanlake.segments.fold.CutFolder;
import io.spanlake.segments.look.FooterRecall;
import io.spanlake.segments.look.Lookout;
import io.spanlake.segments.place.SegmentIds;
import io.spanlake.segments.place.SegmentLimits;
import io.spanlake.segments.read.CutReader;
import io.spanlake.segments.read.LogReplay;
import io.spanlake.segments.store.CutStore;
import io.spanlake.segments.wake.Ownership;
import io.spanlake.segments.wake.Task;
import io.spanlake.simulation.log.Topic;
import io.spanlake.simulation.time.SimProcess;
import io.spanlake.storage.processed.ProcessedBlobs;
import io.spanlake.storage.wal.WalBlobs;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.util.unit.DataSize;

/** A segment-processor. Kafka Streams has no part in it: the world says which partitions are its own, and wakes it. */
public final class ProcessorNode {
    private static final Duration RESTART = Duration.ofSeconds(1);
    private static final SegmentsProperties PROPERTIES = new SegmentsProperties(
            "sim",
            Duration.ofSeconds(5),
            DataSize.ofKilobytes(16),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            DataSize.ofKilobytes(64),
            30,
            Duration.ofSeconds(60),
            DataSize.ofKilobytes(8),
            20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(6));
    private static final SegmentLimits LIMITS = new SegmentLimits(64 << 10, 30, Duration.ofSeconds(60), 8 << 10);

    /** Makes what folds the writes of a cut. */
    @FunctionalInterface
    public interface Folders {
        Folders SOUND = CutFolder::new;

        CutFolder folder(
                SegmentLimits limits,
                java.time.InstantSource clock,
                Supplier<UUID> freshSegments,
                SegmentsMetrics metrics);
    }

    private final Surroundings world;
    private final SimProcess process;
    private final Ownership ownership = new Ownership();
    private final SegmentProcessor processor;

    public ProcessorNode(Surroundings world, SimProcess process, Folders folders) {
        this.world = world;
        this.process = process;
        var timer = process.scheduler();
        var schedulers = new SegmentsSchedulers(timer, timer, timer);
        var metrics = new SegmentsMetrics(new SimpleMeterRegistry());
        var clock = world.time().clock();
        var blobs = world.blobs(process);
        var commits = world.catalog().processedCommits(process::call);
        var recall = new FooterRecall(
                world.catalog().segmentMemory(process::call),
                new ProcessedBlobs(blobs, timer),
                PROPERTIES.knownTraces());
        LogReplay replay = section -> process.call("replay of " + section.blobName(), () -> writes(section));
        processor = new SegmentProcessor(
                new Lookout(
                        ownership,
                        commits,
                        world.catalog().walSnapshots(process::call),
                        recall,
                        process.name(),
                        PROPERTIES,
                        clock,
                        metrics),
                new CutReader(
                        new WalBlobs(blobs, timer),
                        replay,
                        PROPERTIES.cutBytes().toBytes(),
                        clock,
                        metrics),
                folders.folder(LIMITS, clock, () -> SegmentIds.fresh(clock, world.random()), metrics),
                new CutStore(blobs, PROPERTIES, schedulers, clock, world.random(), metrics),
                new CutCommits(commits, clock, metrics),
                PROPERTIES,
                schedulers,
                Failpoints.NONE,
                () -> {});
    }

    private List<Write> writes(PendingSection section) {
        return world.topic().from(section.partition(), section.first(), section.next()).stream()
                .filter(Topic.Appended::counts)
                .filter(appended -> appended.organization().equals(section.organization()))
                .flatMap(appended -> appended.writes().stream())
                .toList();
    }

    /** Runs until the process dies; a run that fails is followed by another. */
    public void start() {
        processor.run().subscribe(_ -> {}, fault -> {
            world.trace().add(process.name(), "the run failed: " + fault);
            process.scheduler().schedule(this::start, RESTART.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    public void begin(int partition) {
        if (ownership.tasks().stream().noneMatch(task -> task.partition() == partition)) {
            ownership.begin(partition);
        }
    }

    public void end(int partition) {
        ownership.tasks().stream().filter(task -> task.partition() == partition).forEach(ownership::end);
    }

    public void wake(int partition) {
        ownership.tasks().stream().filter(task -> task.partition() == partition).forEach(Task::wake);
    }
}
