package io.spanlake.wal.receive;

import io.spanlake.catalog.WalPosition;
import io.spanlake.wal.Claim;
import io.spanlake.wal.WalMetrics;
import io.spanlake.wal.receive.AssignedPartition.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that Kafka gave us, and what each goes through. Tells the stream behind it; knows neither the consumer
 * nor the catalog. Lives on {@code wal-kafka}, but for what is told of claims.
 */
final class Assignment {
    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final Map<Integer, AssignedPartition> partitions = new TreeMap<>();
    private final Map<Claim, Progress> progress = new ConcurrentHashMap<>();
    private final Consumer<Received> emit;
    private final Consumer<Claim> onLost;
    private final WalMetrics metrics;

    /** @param onLost told on any thread */
    Assignment(Consumer<Received> emit, Consumer<Claim> onLost, WalMetrics metrics) {
        this.emit = emit;
        this.onLost = onLost;
        this.metrics = metrics;
    }

    void add(int partition, Instant now) {
        partitions.put(partition, new AssignedPartition(partition, now));
    }

    @Nullable
    AssignedPartition get(int partition) {
        return partitions.get(partition);
    }

    List<AssignedPartition> all() {
        return List.copyOf(partitions.values());
    }

    List<AssignedPartition> in(Phase phase) {
        return partitions.values().stream()
                .filter(partition -> partition.is(phase))
                .toList();
    }

    /** Any thread; absent once the claim is over. */
    @Nullable
    Progress progressOf(Claim claim) {
        return progress.get(claim);
    }

    void claimed(AssignedPartition partition, WalPosition position, Instant now) {
        partition.claimed(position, now);
        position.stopped().ifPresent(reason -> {
            metrics.stopped(partition.partition, true);
            LOG.error("Partition {} stands still until it is repaired: {}", partition.partition, reason);
        });
    }

    void opened(AssignedPartition partition, Instant now) {
        var at = partition.position();
        var claim = new Claim(at.partition(), at.incarnation(), at.epoch(), onLost);
        var opened = new Progress(claim, at.offset());
        progress.put(claim, opened);
        partition.reads(opened, now);
        metrics.stopped(partition.partition, false);
        emit.accept(new Received.Opened(claim, at.offset()));
        LOG.info("{} is read from offset {}", claim, at.offset());
    }

    void received(AssignedPartition partition, Progress under, List<LogRecord> records) {
        var last = records.getLast();
        partition.next(last.offset() + 1);
        long bytes = records.stream().mapToLong(LogRecord::bytes).sum();
        under.received(bytes, records.getFirst().appendTime());
        metrics.received(records.size(), bytes);
        emit.accept(new Received.Records(under.claim(), records));
    }

    /** What was read before the fault is flushed, and then the partition is stopped. */
    void stops(AssignedPartition partition, String reason, Instant now) {
        partition.stops(reason, now);
        closing(partition);
    }

    void stopped(AssignedPartition partition, Instant now) {
        partition.enter(Phase.STOPPED, now);
        end(partition);
        metrics.stopped(partition.partition, true);
        LOG.error("Partition {} is stopped until it is repaired: {}", partition.partition, partition.reason());
    }

    /** The claim was lost, but Kafka did not take the partition: it is claimed anew after a while. */
    void lost(Claim claim, Instant now) {
        var partition = partitions.get(claim.partition());
        if (partition != null
                && partition.progress() != null
                && partition.progress().claim() == claim) {
            LOG.warn("{} was lost; it will be claimed anew if it stays with us", claim);
            partition.enter(Phase.RESTING, now);
            end(partition);
        }
    }

    /** What waits of them is flushed at once. */
    void closing(Collection<Integer> numbers) {
        numbers.stream().map(partitions::get).forEach(this::closing);
    }

    /** Bytes that those partitions still have on their way. */
    long held(Collection<Integer> numbers) {
        long held = 0;
        for (int number : numbers) {
            var partition = partitions.get(number);
            var under = partition == null ? null : partition.progress();
            held += under == null ? 0 : under.held();
        }
        return held;
    }

    void remove(Collection<Integer> numbers) {
        for (int number : numbers) {
            var partition = partitions.remove(number);
            if (partition != null) {
                end(partition);
                metrics.stopped(number, false);
            }
        }
    }

    /** Age of the oldest record that should be committed by now; a partition that cannot be claimed counts too. */
    Duration lag(Instant now) {
        return partitions.values().stream()
                .filter(partition -> !partition.is(Phase.STOPPED))
                .map(partition -> lag(partition, now))
                .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    private static Duration lag(AssignedPartition partition, Instant now) {
        var under = partition.progress();
        return under == null ? Duration.between(partition.since(), now) : under.age(now);
    }

    private void closing(@Nullable AssignedPartition partition) {
        var under = partition == null ? null : partition.progress();
        if (under != null) {
            emit.accept(new Received.Closing(under.claim()));
        }
    }

    private void end(AssignedPartition partition) {
        var under = partition.progress();
        if (under != null) {
            partition.forgetProgress();
            under.claim().lose();
            emit.accept(new Received.Closed(under.claim()));
            progress.remove(under.claim());
        }
    }
}
