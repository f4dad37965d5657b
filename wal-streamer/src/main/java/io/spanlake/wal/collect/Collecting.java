package io.spanlake.wal.collect;

import io.spanlake.wal.Claim;
import io.spanlake.wal.WalMetrics;
import io.spanlake.wal.WalProperties;
import io.spanlake.wal.receive.Log;
import io.spanlake.wal.receive.LogRecord;
import io.spanlake.wal.receive.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Scheduler;

/**
 * One run of the collector: holds what waits, and carries out what the planner says. Everything runs on the one thread of
 * the worker, in order: records, timer, demand.
 */
final class Collecting {
    private static final Logger LOG = LoggerFactory.getLogger(Collecting.class);

    private final FluxSink<Flush> flushes;
    private final Log log;
    private final WalProperties properties;
    private final InstantSource clock;
    private final Scheduler.Worker worker;
    private final WalMetrics metrics;
    private final Map<Claim, WaitingPartition> partitions = new LinkedHashMap<>();
    private final RecentFlushes recent;
    private final Disposable.Swap timer = Disposables.swap();

    Collecting(
            FluxSink<Flush> flushes,
            Log log,
            WalProperties properties,
            InstantSource clock,
            Scheduler.Worker worker,
            WalMetrics metrics) {
        this.flushes = flushes;
        this.log = log;
        this.properties = properties;
        this.clock = clock;
        this.worker = worker;
        this.metrics = metrics;
        this.recent = new RecentFlushes(
                new FlushPace(properties.flushAfter(), properties.flushAfterMax(), properties.smallPutsPerSecond()));
    }

    void start(Flux<Received> received) {
        flushes.onRequest(_ -> worker.schedule(this::flushWhatIsDue));
        var subscription = received.subscribe(this::accept, flushes::error, flushes::complete);
        flushes.onDispose(Disposables.composite(subscription, timer, worker));
    }

    private void accept(Received received) {
        switch (received) {
            case Received.Opened opened -> partitions.put(opened.claim(), new WaitingPartition(opened.claim()));
            case Received.Records(var claim, var records) -> records.forEach(record -> add(claim, record));
            case Received.Closing(var claim) -> close(claim);
            case Received.Closed(var claim) -> drop(claim);
        }
        flushWhatIsDue();
    }

    private void add(Claim claim, LogRecord record) {
        var partition = partitions.get(claim);
        if (partition == null) {
            log.settled(claim, record.bytes());
            return;
        }
        var content = EnvelopeRecords.read(record);
        switch (content) {
            case RecordContent.Writes writes -> metrics.late(writes.late());
            case RecordContent.Unreadable unreadable -> {
                metrics.unreadable();
                LOG.error(
                        "{} offset {} is no envelope, it is kept aside: {}",
                        claim,
                        record.offset(),
                        unreadable.reason());
            }
        }
        partition.add(new WaitingRecord(record, content, clock.instant()));
    }

    private void close(Claim claim) {
        var partition = partitions.get(claim);
        if (partition != null) {
            partition.close();
        }
    }

    private void drop(Claim claim) {
        var partition = partitions.remove(claim);
        if (partition != null && !partition.isEmpty()) {
            LOG.info("{}: {} waiting bytes are left to its next owner", claim, partition.bytes());
            log.settled(claim, partition.bytes());
        }
    }

    private void flushWhatIsDue() {
        try {
            while (flushes.requestedFromDownstream() > 0) {
                var now = clock.instant();
                var plan = plan(now);
                if (plan.partitions().isEmpty()) {
                    plan.wakeAt().ifPresent(at -> wakeAfter(Duration.between(now, at)));
                    return;
                }
                emit(take(plan), now);
            }
        } catch (RuntimeException e) {
            flushes.error(e);
        }
    }

    private FlushPlan plan(Instant now) {
        var waiting = partitions.values().stream()
                .filter(partition -> !partition.isEmpty() && partition.claim().held())
                .map(WaitingPartition::view)
                .toList();
        var limits = new FlushLimits(
                properties.linger(),
                recent.flushAfter(now),
                properties.flushBytes().toBytes());
        return FlushPlanner.plan(waiting, recent.times(), limits, now);
    }

    /** In the planner's order, oldest first: a full partition must not keep the others waiting. */
    private Flush take(FlushPlan plan) {
        var held = new HashMap<Integer, WaitingPartition>();
        partitions.values().stream()
                .filter(partition -> partition.claim().held())
                .forEach(partition -> held.put(partition.claim().partition(), partition));
        var builder = new FlushBuilder();
        long left = properties.flushBytes().toBytes();
        for (int number : plan.partitions()) {
            var partition = held.get(number);
            if (partition != null && left > 0) {
                long before = partition.rowBytes();
                builder.add(partition.claim(), partition.take(left));
                left -= before - partition.rowBytes();
            }
        }
        return builder.build();
    }

    private void emit(Flush flush, Instant now) {
        recent.add(flush, now);
        metrics.flushed(flush.bytes(), flush.organizations().size());
        flushes.next(flush);
    }

    private void wakeAfter(Duration delay) {
        timer.update(worker.schedule(this::flushWhatIsDue, delay.toNanos(), TimeUnit.NANOSECONDS));
    }
}
