package io.spanlake.simulation.node;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.compactor.Compactor;
import io.spanlake.compactor.CompactorMetrics;
import io.spanlake.compactor.CompactorProperties;
import io.spanlake.compactor.Failpoints;
import io.spanlake.compactor.job.Workbench;
import io.spanlake.compactor.publish.Publisher;
import io.spanlake.compactor.publish.ReceiptTimes;
import io.spanlake.compactor.read.OpenParts;
import io.spanlake.compactor.sweep.Sweeper;
import io.spanlake.simulation.time.SimProcess;
import io.spanlake.storage.part.PartBlobs;
import io.spanlake.storage.part.PartSettings;
import io.spanlake.storage.processed.ProcessedBlobs;
import java.time.Duration;
import org.springframework.util.unit.DataSize;
import reactor.core.scheduler.Schedulers;

/** A compactor, or the sweeper of one. */
public final class CompactorNode {
    public static final Duration GRACE = Duration.ofMinutes(5);
    private static final Duration ORPHAN_AGE = Duration.ofSeconds(90);
    private final Surroundings world;
    private final SimProcess process;
    private final CompactorProperties properties;
    private final Duration storm;
    private final Compactor compactor;
    private final Sweeper sweeper;

    /**
     * @param seen  what the compactor is shown of the catalog
     * @param lease how long an object is left to it; where that is shorter than a job, two work on the same object
     * @param storm how far the world's time is when work begins to take no time
     */
    public CompactorNode(Surroundings world, SimProcess process, ObjectSnapshots seen, Duration lease, Duration storm) {
        this.world = world;
        this.storm = storm;
        this.process = process;
        this.properties = properties(lease);
        var catalog = world.catalog();
        var blobs = world.blobs(process);
        var clock = world.time().clock();
        var metrics = new CompactorMetrics(new SimpleMeterRegistry());
        var immediate = Schedulers.immediate();
        Failpoints pauses = _ -> pause();
        var bench = new Workbench(
                blobs,
                new ProcessedBlobs(blobs, immediate),
                new OpenParts(new PartBlobs(blobs, immediate), blobs),
                world.scratch(),
                properties.frameBytes().toBytes(),
                PartSettings.withIndexBytes(properties.indexBytes().toBytes()),
                properties.part().toBytes(),
                properties.tracePart().toBytes(),
                clock,
                world.random(),
                pauses);
        var times = new ReceiptTimes(properties.kafkaRetention(), properties.softDelete(), properties.sweepGrace());
        var sweeps = catalog.sweeps(process::call);
        Directory directory = new OneProject(world.organization(), world.project());
        compactor = new Compactor(
                catalog.compactionWork(process::call),
                seen,
                directory,
                catalog.retentions(process::call),
                new NothingForgotten(),
                sweeps,
                bench,
                new Publisher(catalog.swaps(process::call), blobs, times, clock, world.random(), pauses),
                properties,
                metrics,
                process.name());
        sweeper = new Sweeper(sweeps, blobs, GRACE, ORPHAN_AGE, clock, metrics, _ -> {});
    }

    private static CompactorProperties properties(Duration lease) {
        return new CompactorProperties(
                1,
                1,
                Duration.ofSeconds(5),
                DataSize.ofKilobytes(16),
                DataSize.ofKilobytes(64),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                lease,
                DataSize.ofKilobytes(256),
                12,
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(64),
                DataSize.ofMegabytes(1),
                1_000,
                DataSize.ofKilobytes(1),
                2,
                0.2,
                Duration.ofSeconds(30),
                "",
                Duration.ofSeconds(20),
                GRACE,
                ORPHAN_AGE,
                Duration.ofMinutes(1),
                Duration.ZERO,
                Duration.ofDays(3));
    }

    /** Work takes time, in which others go on: most of the time none to speak of, now and then as long as a slow call. */
    private void pause() {
        var random = world.random();
        if (random.nextInt(4) == 0) {
            double share = random.nextDouble();
            var longest = world.chance().get().longest();
            var rest = Duration.ofNanos((long) (longest.toNanos() * share * share));
            var left = storm.minus(world.time().elapsed());
            process.sleep(rest.compareTo(left) < 0 ? rest : left);
        }
    }

    public void compact() {
        process.run(() -> forEver(properties.pollEvery(), () -> {
            boolean worked = true;
            while (worked) {
                worked = compactor.compactOne();
            }
        }));
    }

    public void sweep() {
        process.run(() -> forEver(properties.sweepEvery(), () -> {
            sweeper.sweepRetired();
            sweeper.sweepOrphans();
        }));
    }

    /** As the threads of the service do: what fails is tried again at the next turn. */
    private void forEver(Duration pause, Runnable turn) {
        while (true) {
            process.sleep(Duration.ofMillis(world.random().nextInt(1, (int) pause.toMillis())));
            try {
                turn.run();
            } catch (RuntimeException fault) {
                world.trace().add(process.name(), "failed: " + fault);
            }
        }
    }
}
