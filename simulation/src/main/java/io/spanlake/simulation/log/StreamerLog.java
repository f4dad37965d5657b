package io.spanlake.simulation.log;

import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WritesTopic;
import io.spanlake.simulation.time.SimProcess;
import io.spanlake.wal.Claim;
import io.spanlake.wal.WalProperties;
import io.spanlake.wal.receive.Log;
import io.spanlake.wal.receive.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * The topic as a streamer reads it: the partitions that it believes to be its own are claimed, read from where the catalog is,
 * and claimed again a while after a claim was lost. What is read to its end and committed is reported as closed.
 */
public final class StreamerLog implements Log {
    private static final UUID TOPIC = new UUID(5, 5);

    private final Topic topic;
    private final WalCommits catalog;
    private final SimProcess process;
    private final RandomGenerator random;
    private final WalProperties properties;
    private final InstantSource clock;
    private final Set<Integer> wanted;
    private final Map<Integer, Reading> readings = new TreeMap<>();
    private @Nullable FluxSink<Received> sink;
    private long held;

    private static final class Reading {
        final Claim claim;
        long next;
        long committed;

        Reading(Claim claim, long next) {
            this.claim = claim;
            this.next = next;
            this.committed = next;
        }
    }

    /** @param wanted the partitions that it is told to read; may change meanwhile */
    public StreamerLog(
            Topic topic,
            WalCommits catalog,
            SimProcess process,
            RandomGenerator random,
            WalProperties properties,
            InstantSource clock,
            Set<Integer> wanted) {
        this.topic = topic;
        this.catalog = catalog;
        this.process = process;
        this.random = random;
        this.properties = properties;
        this.clock = clock;
        this.wanted = wanted;
    }

    @Override
    public Flux<Received> receive() {
        return Flux.create(created -> {
            sink = created;
            later(0, this::claim);
            later(1, this::read);
            later(properties.idleEvery().toMillis(), this::reportEnds);
        });
    }

    @Override
    public void settled(Claim claim, long bytes) {
        held -= bytes;
    }

    @Override
    public void committed(Claim claim, long next, Instant appendTime) {
        var reading = readings.get(claim.partition());
        if (reading != null && reading.claim == claim) {
            reading.committed = next;
        }
    }

    @Override
    public void leave() {
        emitter().complete();
    }

    private FluxSink<Received> emitter() {
        return Objects.requireNonNull(sink);
    }

    private void later(long millis, Runnable task) {
        process.scheduler()
                .schedule(
                        () -> {
                            if (!emitter().isCancelled()) {
                                task.run();
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    /** What is wanted and not read is claimed, what is read and wanted no more is given back. */
    private void claim() {
        for (var reading : List.copyOf(readings.values())) {
            if (!wanted.contains(reading.claim.partition())) {
                close(reading.claim);
            }
        }
        var missing = new TreeSet<>(wanted);
        missing.removeAll(readings.keySet());
        if (missing.isEmpty()) {
            later(properties.reclaimAfter().toMillis(), this::claim);
            return;
        }
        catalog.claim(missing, process.name(), Optional.of(new WritesTopic(TOPIC, topic.partitions())))
                .subscribe(
                        positions -> {
                            new TreeMap<>(positions).forEach((_, position) -> opened(position));
                            later(properties.reclaimAfter().toMillis(), this::claim);
                        },
                        _ -> later(properties.reclaimAfter().toMillis(), this::claim));
    }

    private void opened(WalPosition position) {
        if (emitter().isCancelled()) {
            return;
        }
        var claim = new Claim(position.partition(), position.incarnation(), position.epoch(), this::lost);
        readings.put(position.partition(), new Reading(claim, position.offset()));
        emitter().next(new Received.Opened(claim, position.offset()));
    }

    private void lost(Claim claim) {
        later(0, () -> close(claim));
    }

    private void close(Claim claim) {
        var reading = readings.get(claim.partition());
        if (reading != null && reading.claim == claim) {
            readings.remove(claim.partition());
            emitter().next(new Received.Closed(claim));
        }
    }

    private void read() {
        for (var reading : readings.values()) {
            if (held < properties.bufferBytes().toBytes()) {
                deliver(reading);
            }
        }
        later(random.nextInt(1, 100), this::read);
    }

    private void deliver(Reading reading) {
        int most = random.nextInt(0, 6);
        var found = topic.from(reading.claim.partition(), reading.next, reading.next + most);
        if (!found.isEmpty()) {
            var records =
                    new ArrayList<>(found.stream().map(Topic.Appended::record).toList());
            reading.next += records.size();
            records.forEach(record -> held += record.bytes());
            emitter().next(new Received.Records(reading.claim, records));
        }
    }

    /** Asked before the ends are: all that was appended earlier lies before them. */
    private void reportEnds() {
        var asked = clock.instant();
        process.call("ends", topic::ends).subscribe(ends -> report(ends, asked), _ -> {});
        later(properties.idleEvery().toMillis(), this::reportEnds);
    }

    private void report(Map<Integer, Long> ends, Instant asked) {
        var read = new TreeMap<Integer, Claim>();
        for (var reading : readings.values()) {
            if (reading.committed == Objects.requireNonNull(ends.get(reading.claim.partition()))) {
                read.put(reading.claim.partition(), reading.claim);
            }
        }
        if (!read.isEmpty()) {
            Duration margin = properties.closedMargin();
            var epochs = new TreeMap<Integer, Long>();
            read.forEach((partition, claim) -> epochs.put(partition, claim.epoch()));
            catalog.readToEnd(epochs, asked.minus(margin))
                    .subscribe(
                            stale -> stale.forEach(partition ->
                                    Objects.requireNonNull(read.get(partition)).lose()),
                            _ -> {});
        }
    }
}
