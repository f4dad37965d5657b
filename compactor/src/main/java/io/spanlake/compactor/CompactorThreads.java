package io.spanlake.compactor;

import io.spanlake.catalog.work.CompactionLane;
import io.spanlake.compactor.sweep.Sweeper;
import io.spanlake.service.threads.PatientThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of the compactor: {@code compact-*}, one a job of a tail, {@code rewrite-*}, one for parts that are written
 * anew, and {@code sweep}, which reads meters too. A job blocks its thread from its lease to its
 * swap: it is CPU work and disk, a stream of it would only be harder to read.
 */
final class CompactorThreads {
    private static final Logger LOG = LoggerFactory.getLogger(CompactorThreads.class);

    private static final Duration METERS_EVERY = Duration.ofSeconds(15);

    private final Compactor compactor;
    private final Sweeper sweeper;
    private final CatalogMeters meters;
    private final CompactorProperties properties;
    private final ScheduledExecutorService jobs;
    private final ScheduledExecutorService rewrites;
    private final ScheduledExecutorService sweeps;
    private volatile boolean running;

    CompactorThreads(Compactor compactor, Sweeper sweeper, CatalogMeters meters, CompactorProperties properties) {
        this.compactor = compactor;
        this.sweeper = sweeper;
        this.meters = meters;
        this.properties = properties;
        this.jobs = Executors.newScheduledThreadPool(
                properties.jobs(),
                Thread.ofPlatform().name("compact-", 0).daemon().factory());
        // The tail is what readers pay for.
        this.rewrites = Executors.newScheduledThreadPool(properties.rewrites(), PatientThreads.factory("rewrite"));
        this.sweeps = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("sweep").daemon().factory());
    }

    void start() {
        running = true;
        for (int job = 0; job < properties.jobs(); job++) {
            every(properties.pollEvery(), jobs, () -> compact(CompactionLane.TAIL));
        }
        for (int rewrite = 0; rewrite < properties.rewrites(); rewrite++) {
            every(properties.pollEvery(), rewrites, () -> compact(CompactionLane.REWRITE));
        }
        every(properties.sweepEvery(), sweeps, this::sweepRetired);
        every(properties.orphansEvery(), sweeps, sweeper::sweepOrphans);
        every(METERS_EVERY, sweeps, meters::read);
    }

    boolean isRunning() {
        return running;
    }

    /** Ends what is under way at its next step: it is done again by whoever comes next. Blocks up to that long. */
    void stop(Duration within) throws InterruptedException {
        running = false;
        long end = System.nanoTime() + within.toNanos();
        jobs.shutdownNow();
        rewrites.shutdownNow();
        sweeps.shutdownNow();
        if (!ends(jobs, end) || !ends(rewrites, end)) {
            LOG.warn("a job did not end within {}", within);
        }
    }

    private static boolean ends(ExecutorService threads, long endNanos) throws InterruptedException {
        return threads.awaitTermination(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** Work on terms of its own, on a thread of the lane as soon as one is free, until none is left or the compactor stops. */
    CompletableFuture<Void> compactAll(CompactionLane lane, Supplier<Terms> terms) {
        return CompletableFuture.runAsync(
                () -> {
                    sweeper.mustNotBeSetBack();
                    boolean worked = true;
                    while (running && worked) {
                        worked = compactor.compactOne(lane, terms.get());
                    }
                },
                lane == CompactionLane.TAIL ? jobs : rewrites);
    }

    private void compact(CompactionLane lane) {
        sweeper.mustNotBeSetBack();
        boolean worked = true;
        while (running && worked && compactor.isTurnOf(lane)) {
            worked = compactor.compactOne(lane);
        }
    }

    private void sweepRetired() {
        sweeper.mustNotBeSetBack();
        sweeper.sweepRetired();
    }

    private void every(Duration pause, ScheduledExecutorService threads, Runnable task) {
        var unused = threads.scheduleWithFixedDelay(
                () -> survived(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * An executor drops a task that throws, and says nothing; the catalog or the store may be back at the next turn. So may
     * a class whose jar was being replaced.
     */
    private void survived(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException fault) {
            if (running) {
                LOG.warn("nothing was compacted or swept this time: {}", fault.toString());
            }
        } catch (LinkageError fault) {
            LOG.error("nothing was compacted or swept this time", fault);
        }
    }
}
