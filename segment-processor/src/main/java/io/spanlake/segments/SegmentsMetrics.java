package io.spanlake.segments;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Every meter of this service. Thread-safe, never blocks. */
public final class SegmentsMetrics {
    private final MeterRegistry registry;
    private final Counter writes;
    private final Counter rows;
    private final Counter bytesRead;
    private final Counter blobs;
    private final Counter putRetries;
    private final Counter lookFailures;
    private final Counter restarts;
    private final Counter rebuilt;
    private final Counter missing;
    private final DistributionSummary cutSize;
    private final DistributionSummary blobSize;
    private final DistributionSummary cutSegments;
    private final Timer read;
    private final Timer fold;
    private final Timer encode;
    private final Timer put;
    private final Timer commit;
    private final AtomicLong lagMs = new AtomicLong();
    private final AtomicInteger owned = new AtomicInteger();
    private final AtomicLong held = new AtomicLong();
    private final Map<Integer, AtomicInteger> stuck = new ConcurrentHashMap<>();

    public SegmentsMetrics(MeterRegistry registry) {
        this.registry = registry;
        writes = counter("spanlake.segments.writes", "Writes that were processed");
        rows = counter("spanlake.segments.rows", "Row states that came of them");
        bytesRead = Counter.builder("spanlake.segments.read")
                .description("Bytes of the writes that were processed, in memory")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        blobs = counter("spanlake.segments.blobs", "Processed blobs put");
        putRetries = counter("spanlake.segments.put.retries", "Puts repeated under a new name");
        lookFailures = counter("spanlake.segments.look.failures", "Questions that the catalog did not answer");
        restarts = counter("spanlake.segments.restarts", "Runs that ended with an error and were started anew");
        rebuilt = counter("spanlake.segments.sections.rebuilt", "Unreadable sections that were read anew from Kafka");
        missing = counter("spanlake.segments.sections.missing", "Unreadable sections that were entered as gaps");
        cutSize = summary("spanlake.segments.cut.size", "Bytes of one cut in memory", BaseUnits.BYTES);
        cutSegments = summary("spanlake.segments.cut.segments", "Sections of one cut", "sections");
        blobSize = summary("spanlake.segments.blob.size", "Bytes of one processed blob", BaseUnits.BYTES);
        read = timer("spanlake.segments.read.time", "Time to read one cut from the log");
        fold = timer("spanlake.segments.fold", "Time to fold one cut");
        encode = timer("spanlake.segments.encode", "Time to encode one cut");
        put = timer("spanlake.segments.put", "Time to put all blobs of one cut, attempts included");
        commit = timer("spanlake.segments.commit", "Time to commit one cut, attempts included");
        Gauge.builder("spanlake.segments.lag", lagMs, ms -> ms.get() / 1_000.0)
                .description("How long the oldest write that is not processed is known to wait")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("spanlake.segments.partitions", owned, AtomicInteger::get)
                .description("Partitions that this processor has claimed")
                .register(registry);
        Gauge.builder("spanlake.segments.buffer", held, AtomicLong::get)
                .description("Bytes of the cut that is under way, in memory")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    public void owned(int partitions) {
        owned.set(partitions);
    }

    public void lag(Duration oldest) {
        lagMs.set(oldest.toMillis());
    }

    public void lookFailed() {
        lookFailures.increment();
    }

    public void rebuilt() {
        rebuilt.increment();
    }

    public void restarted() {
        restarts.increment();
    }

    public void read(Duration took, long bytes) {
        read.record(took);
        cutSize.record((double) bytes);
        held.set(bytes);
    }

    /** Committed or dropped: the cut is not held in memory any more. */
    public void cutEnded() {
        held.set(0);
    }

    public void folded(Duration took) {
        fold.record(took);
    }

    public void encoded(Duration took, long sections) {
        encode.record(took);
        cutSegments.record((double) sections);
    }

    public void put(Duration took) {
        put.record(took);
    }

    public void blob(long bytes) {
        blobs.increment();
        blobSize.record((double) bytes);
    }

    public void putRetried() {
        putRetries.increment();
    }

    public void commit(Duration took) {
        commit.record(took);
    }

    public void committed(long writeCount, long rowCount, long bytes, int sectionsMissing) {
        writes.increment((double) writeCount);
        rows.increment((double) rowCount);
        bytesRead.increment((double) bytes);
        missing.increment(sectionsMissing);
    }

    /** @param outcome committed, refused or failed */
    public void stretch(String outcome) {
        registry.counter("spanlake.segments.cuts", Tags.of("outcome", outcome)).increment();
    }

    /** @param isStuck whether the partition failed time and again */
    public void stuck(int partition, boolean isStuck) {
        if (isStuck || stuck.containsKey(partition)) {
            stuck.computeIfAbsent(partition, this::stuckGauge).set(isStuck ? 1 : 0);
        }
    }

    private AtomicInteger stuckGauge(int partition) {
        return registry.gauge(
                "spanlake.segments.stuck", Tags.of("partition", Integer.toString(partition)), new AtomicInteger());
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private DistributionSummary summary(String name, String description, String unit) {
        return DistributionSummary.builder(name)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).register(registry);
    }
}
