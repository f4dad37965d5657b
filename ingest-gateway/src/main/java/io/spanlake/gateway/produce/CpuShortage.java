package io.spanlake.gateway.produce;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * How short of CPU the machine is, or the container that this process runs in: 0 where three tenths of it are idle, 1 where
 * next to nothing is. Thread-safe.
 *
 * <p>Where cores idle a small round costs nobody anything and is early; where they do not it takes them from the stages behind.
 */
public final class CpuShortage implements DoubleSupplier, Disposable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final double LOAD_EASY = 0.7;
    private static final double LOAD_FULL = 0.95;

    private final DoubleSupplier load;
    private final Disposable looks;
    private volatile double smoothed;

    public static CpuShortage ofThisMachine() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        // It reads files.
        return new CpuShortage(system::getCpuLoad, Schedulers.boundedElastic());
    }

    /** @param load of all cores since it was asked last, 0 to 1; below where it is not known */
    CpuShortage(DoubleSupplier load, Scheduler looking) {
        this.load = load;
        long every = LOOK_EVERY.toMillis();
        this.looks = looking.schedulePeriodically(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    private void look() {
        double now = load.getAsDouble();
        // One second tells of one collection or one part, two of a load.
        smoothed = Double.isNaN(now) ? 0 : (smoothed + Math.clamp(now, 0, 1)) / 2;
    }

    @Override
    public double getAsDouble() {
        return Math.clamp((smoothed - LOAD_EASY) / (LOAD_FULL - LOAD_EASY), 0, 1);
    }

    @Override
    public void dispose() {
        looks.dispose();
    }
}
