package io.spanlake.compactor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.spanlake.catalog.parts.NewPart;
import io.spanlake.compactor.job.Outputs;
import io.spanlake.compactor.plan.Job;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** What the compactor does, for whoever watches it. */
public final class CompactorMetrics {
    private final MeterRegistry registry;
    private final Timer jobs;
    private final Counter failed;
    private final Counter outdated;
    private final Counter partBytes;
    private final Counter rawBytes;
    private final Counter killed;
    private final Counter swept;
    private final Counter orphans;
    private final AtomicInteger setBack = new AtomicInteger();

    public CompactorMetrics(MeterRegistry registry) {
        this.registry = registry;
        jobs = Timer.builder("spanlake.compactor.job")
                .description("Time of a job, from the lease of an object to its swap")
                .register(registry);
        failed = counter("failed", "Jobs that ended with an error", "jobs");
        outdated = counter("outdated", "Jobs whose object another compactor has published meanwhile", "jobs");
        partBytes = counter("part.size", "Bytes of parts that were published, columns included", BaseUnits.BYTES);
        rawBytes =
                counter("raw.size", "Bytes of rows in parts that were published, before compression", BaseUnits.BYTES);
        killed = counter("rows.killed", "Rows of parts that died because a newer state took their place", "rows");
        swept = counter("swept", "Retired blobs that were deleted", "blobs");
        orphans = counter("orphans", "Blobs that were deleted because nothing names them", "blobs");
        Gauge.builder("spanlake.compactor.catalog.set.back", setBack, AtomicInteger::get)
                .description("1 where the catalog is older than the blobs beside it, so that no orphans are deleted")
                .register(registry);
    }

    private Counter counter(String name, String description, String unit) {
        return Counter.builder("spanlake.compactor." + name)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    boolean timed(BooleanSupplier job) {
        return jobs.record(job);
    }

    void failed() {
        failed.increment();
    }

    void outdated() {
        outdated.increment();
    }

    void published(Job job, Outputs outputs) {
        Counter.builder("spanlake.compactor.swaps")
                .description("Swaps that count")
                .tag("job", job.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
        for (NewPart part : outputs.parts()) {
            partBytes.increment((double) part.file().bytes() + part.file().orcBytes());
            rawBytes.increment((double) part.file().rawBytes());
        }
        outputs.deaths().forEach(deaths -> killed.increment((double) deaths.killedRows()));
    }

    public void swept(int blobs) {
        swept.increment(blobs);
    }

    public void setBack(boolean now) {
        setBack.set(now ? 1 : 0);
    }

    public void orphans(int blobs) {
        orphans.increment(blobs);
    }
}
