package io.spanlake.wal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Every meter of this service. Thread-safe, never blocks. */
public final class WalMetrics {
    private final MeterRegistry registry;
    private final Counter records;
    private final Counter bytes;
    private final Counter writes;
    private final Counter late;
    private final Counter unreadable;
    private final Counter restarts;
    private final Counter putRetries;
    private final Counter commitRetries;
    private final Counter announceFailures;
    private final DistributionSummary flushSize;
    private final DistributionSummary flushObjects;
    private final DistributionSummary objectSize;
    private final Timer encode;
    private final Timer put;
    private final Timer commit;
    private final Timer visibility;
    private final Timer handOver;
    private final Timer paused;
    private final AtomicLong buffered = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong lagOffsets = new AtomicLong();
    private final AtomicLong lagMs = new AtomicLong();
    private final Map<Integer, AtomicInteger> stopped = new ConcurrentHashMap<>();

    public WalMetrics(MeterRegistry registry) {
        this.registry = registry;
        records = counter("spanlake.wal.records", "Kafka records received");
        bytes = Counter.builder("spanlake.wal.received")
                .description("Bytes of the Kafka records received")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        writes = counter("spanlake.wal.writes", "Writes that were flushed");
        late = counter(
                "spanlake.wal.late",
                "Writes skipped because they were appended too long after, or before, the time in their id");
        unreadable = counter("spanlake.wal.unreadable", "Records that are no envelope");
        restarts = counter("spanlake.wal.restarts", "Runs that ended with an error and were started anew");
        putRetries = counter("spanlake.wal.put.retries", "Puts repeated under a new name");
        commitRetries = counter("spanlake.wal.commit.retries", "Commits repeated because the catalog was away");
        announceFailures = counter("spanlake.wal.announce.failures", "Events that no reader will get");
        flushSize =
                summary("spanlake.wal.flush.size", "Bytes of one flush, as they were held in memory", BaseUnits.BYTES);
        flushObjects = summary("spanlake.wal.flush.objects", "WAL objects of one flush", BaseUnits.OBJECTS);
        objectSize = summary("spanlake.wal.object.size", "Bytes of one WAL object, after compression", BaseUnits.BYTES);
        encode = timer("spanlake.wal.encode", "Time to encode one flush");
        put = timer("spanlake.wal.put", "Time to put all objects of one flush, attempts included");
        commit = timer("spanlake.wal.commit", "Time to commit one flush, attempts included");
        visibility = Timer.builder("spanlake.wal.visibility")
                .description("Time from the append of a range's first record to its commit")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(5))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
        handOver = timer("spanlake.wal.handover", "Time to flush partitions that go to another streamer");
        paused = timer("spanlake.wal.paused", "Time that Kafka was paused because the buffer was full");
        Gauge.builder("spanlake.wal.buffer", buffered, AtomicLong::get)
                .description("Bytes received and not committed yet")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("spanlake.wal.flushes", inFlight, AtomicInteger::get)
                .description("Flushes between collect and commit")
                .register(registry);
        Gauge.builder("spanlake.wal.lag.offsets", lagOffsets, AtomicLong::get)
                .description("Records in Kafka that are not committed yet, over all partitions of this streamer")
                .register(registry);
        Gauge.builder("spanlake.wal.lag", lagMs, ms -> ms.get() / 1_000.0)
                .description("Age of the oldest record that is not committed yet")
                .baseUnit("seconds")
                .register(registry);
    }

    public void received(int count, long size) {
        records.increment(count);
        bytes.increment((double) size);
    }

    public void late(int count) {
        late.increment(count);
    }

    public void unreadable() {
        unreadable.increment();
    }

    public void flushed(long size, int objects) {
        flushSize.record((double) size);
        flushObjects.record(objects);
        inFlight.incrementAndGet();
    }

    /** Committed or dropped. */
    public void flushEnded() {
        inFlight.decrementAndGet();
    }

    public void encoded(Duration took, long writeCount) {
        encode.record(took);
        writes.increment((double) writeCount);
    }

    public void object(long size) {
        objectSize.record((double) size);
    }

    public void put(Duration took) {
        put.record(took);
    }

    public void putRetried() {
        putRetries.increment();
    }

    public void commit(Duration took) {
        commit.record(took);
    }

    public void commitRetried() {
        commitRetries.increment();
    }

    /** @param outcome committed, refused or dropped */
    public void range(String outcome) {
        registry.counter("spanlake.wal.ranges", Tags.of("outcome", outcome)).increment();
    }

    public void visible(Duration sinceAppend) {
        visibility.record(sinceAppend.isNegative() ? Duration.ZERO : sinceAppend);
    }

    public void announceFailed() {
        announceFailures.increment();
    }

    public void handedOver(Duration took) {
        handOver.record(took);
    }

    public void paused(Duration took) {
        paused.record(took);
    }

    public void restarted() {
        restarts.increment();
    }

    public void buffered(long size) {
        buffered.set(size);
    }

    public void lag(long offsets, Duration age) {
        lagOffsets.set(offsets);
        lagMs.set(age.toMillis());
    }

    public void stopped(int partition, boolean isStopped) {
        stopped.computeIfAbsent(partition, this::stoppedGauge).set(isStopped ? 1 : 0);
    }

    private AtomicInteger stoppedGauge(int partition) {
        return registry.gauge(
                "spanlake.partition.stopped",
                Tags.of(Tag.of("partition", Integer.toString(partition))),
                new AtomicInteger());
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
