package io.spanlake.wal.sim;

import io.spanlake.catalog.WalCommits;
import io.spanlake.wal.Claim;
import io.spanlake.wal.receive.Log;
import io.spanlake.wal.receive.LogRecord;
import io.spanlake.wal.receive.Received;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Scheduler;

/** A topic in memory: every streamer reads all partitions, and takes turns with its rivals as claims are lost. */
final class ModelLog implements Log {
    private final List<List<LogRecord>> topic;
    private final WalCommits catalog;
    private final RandomGenerator random;
    private final Scheduler time;
    private final Map<Integer, Claim> claims = new HashMap<>();
    private final Map<Integer, Integer> next = new HashMap<>();
    private @Nullable FluxSink<Received> sink;
    long held;

    ModelLog(List<List<LogRecord>> topic, WalCommits catalog, RandomGenerator random, Scheduler time) {
        this.topic = topic;
        this.catalog = catalog;
        this.random = random;
        this.time = time;
    }

    @Override
    public Flux<Received> receive() {
        return Flux.create(created -> {
            sink = created;
            for (int partition = 0; partition < topic.size(); partition++) {
                claim(partition);
            }
            read();
        });
    }

    @Override
    public void settled(Claim claim, long bytes) {
        held -= bytes;
    }

    @Override
    public void committed(Claim claim, long offset, Instant appendTime) {}

    @Override
    public void leave() {
        emitter().complete();
    }

    private FluxSink<Received> emitter() {
        return Objects.requireNonNull(sink);
    }

    private void claim(int partition) {
        if (emitter().isCancelled()) {
            return;
        }
        var position = Objects.requireNonNull(
                        catalog.claim(List.of(partition), "model").block())
                .get(partition);
        var at = Objects.requireNonNull(position);
        var claim = new Claim(partition, 1, at.epoch(), this::lost);
        claims.put(partition, claim);
        next.put(partition, (int) at.offset());
        emitter().next(new Received.Opened(claim, at.offset()));
    }

    /** Rests as the real one does, then takes the partition again: a rival that does not know better. */
    private void lost(Claim claim) {
        claims.remove(claim.partition());
        time.schedule(() -> emitter().next(new Received.Closed(claim)));
        time.schedule(() -> claim(claim.partition()), random.nextInt(50, 1_000), TimeUnit.MILLISECONDS);
    }

    private void read() {
        if (emitter().isCancelled()) {
            return;
        }
        for (var claim : List.copyOf(claims.values())) {
            var records = topic.get(claim.partition());
            int from = Objects.requireNonNull(next.get(claim.partition()));
            int to = Math.min(records.size(), from + random.nextInt(0, 6));
            if (to > from) {
                var taken = new ArrayList<>(records.subList(from, to));
                next.put(claim.partition(), to);
                held += taken.stream().mapToLong(LogRecord::bytes).sum();
                emitter().next(new Received.Records(claim, taken));
            }
        }
        time.schedule(this::read, random.nextInt(1, 50), TimeUnit.MILLISECONDS);
    }
}
