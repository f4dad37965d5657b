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
import io.spanlake.storage.processed.ProcessedBlobs;
import java.time.Duration;
import org.springframework.util.unit.DataSize;
import reactor.core.scheduler.Schedulers;

/** A compactor, or the sweeper of one. */
public final class CompactorNode {
    public static final Duration GRACE = Duration.ofMinutes(5);
    private static final Duration ORPHAN_AGE = Duration.ofSeconds(90);
    private static final CompactorProperties PROPERTIES = new CompactorProperties(
            1,
            Duration.ofSeconds(5),
            DataSize.ofKilobytes(16),
            DataSize.ofKilobytes(64),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            DataSize.ofKilobytes(256),
            12,
            DataSize.ofMegabytes(1),
            DataSize.ofMegabytes(1),
            1_000,
            DataSize.ofKilobytes(1),
            2,
            0.2,
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            "",
            Duration.ofSeconds(20),
            GRACE,
            ORPHAN_AGE,
            Duration.ofMinutes(1),
            Duration.ZERO,
            Duration.ofDays(3));

    private final Surroundings world;
    private final SimProcess process;
    private final Compactor compactor;
    private final Sweeper sweeper;

    /** @param seen what the compactor is shown of the catalog */
    public CompactorNode(Surroundings world, SimProcess process, ObjectSnapshots seen) {
        this.world = world;
        this.process = process;
        var catalog = world.catalog();
        var blobs = world.blobs(process);
        var clock = world.time().clock();
        var metrics = new CompactorMetrics(new SimpleMeterRegistry());
        var immediate = Schedulers.immediate();
        var bench = new Workbench(
                blobs,
                new ProcessedBlobs(blobs, immediate),
                new OpenParts(new PartBlobs(blobs, immediate), blobs),
                world.scratch(),
                PROPERTIES.frameBytes().toBytes(),
                PROPERTIES.part().toBytes(),
                PROPERTIES.tracePart().toBytes(),
                clock,
                world.random(),
                Failpoints.NONE);
        var times = new ReceiptTimes(PROPERTIES.kafkaRetention(), PROPERTIES.softDelete(), PROPERTIES.sweepGrace());
        var sweeps = catalog.sweeps(process::call);
        Directory directory = new OneProject(world.organization(), world.project());
        compactor = new Compactor(
                catalog.compactionWork(process::call),
                seen,
                directory,
                catalog.retentions(process::call),
                sweeps,
                bench,
                new Publisher(catalog.swaps(process::call), blobs, times, clock, world.random(), Failpoints.NONE),
                PROPERTIES,
                metrics,
                process.name());
        sweeper = new Sweeper(sweeps, blobs, GRACE, ORPHAN_AGE, clock, metrics, _ -> {});
    }

    public void compact() {
        process.run(() -> forEver(PROPERTIES.pollEvery(), () -> {
            boolean worked = true;
            while (worked) {
                worked = compactor.compactOne();
            }
        }));
    }

    public void sweep() {
        process.run(() -> forEver(PROPERTIES.sweepEvery(), () -> {
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
