package io.spanlake.gateway.receive;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Nanoseconds for which this process ran. A process that was stopped, or whose machine was, finds the bytes of its clients
 * in the kernel when it wakes: by the clock on the wall they were all too slow. Thread-safe.
 */
public final class RunningTime implements LongSupplier, Disposable {
    static final Duration BEAT = Duration.ofMillis(250);

    /** What goes by between two beats counts as one second at most: a thread that starves misses some beats, too. */
    static final Duration STEP_MAX = Duration.ofSeconds(1);

    private record Beat(long ranNanos, long atNanos) {}

    private final LongSupplier nanos;
    private final Disposable beats;
    private volatile Beat last;

    /** @param nanos a clock that only goes forward, also while the process stands still */
    public static RunningTime of(LongSupplier nanos) {
        return new RunningTime(nanos, Schedulers.parallel());
    }

    RunningTime(LongSupplier nanos, Scheduler beating) {
        this.nanos = nanos;
        this.last = new Beat(0, nanos.getAsLong());
        this.beats = beating.schedulePeriodically(this::beat, BEAT.toNanos(), BEAT.toNanos(), NANOSECONDS);
    }

    private void beat() {
        long now = nanos.getAsLong();
        last = new Beat(ran(last, now), now);
    }

    @Override
    public long getAsLong() {
        // The beat before the time: a beat that comes between them only makes the step shorter.
        var beat = last;
        return ran(beat, nanos.getAsLong());
    }

    private static long ran(Beat beat, long now) {
        return beat.ranNanos + Math.min(now - beat.atNanos, STEP_MAX.toNanos());
    }

    @Override
    public void dispose() {
        beats.dispose();
    }
}
