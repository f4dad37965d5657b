package io.spanlake.wal.receive;

import io.spanlake.wal.WalMetrics;
import io.spanlake.wal.receive.AssignedPartition.Phase;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the consumer stands: checked, sought, paused, and never with a hole. Lives on {@code wal-kafka}. */
final class ConsumerOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerOffsets.class);
    private static final Duration ASK_WITHIN = Duration.ofSeconds(3);

    private final Consumer<byte[], ByteBuffer> consumer;
    private final String topic;
    private final Assignment assignment;
    private final Buffer buffer;
    private final InstantSource clock;
    private final WalMetrics metrics;
    private @Nullable Instant fullSince;

    ConsumerOffsets(
            Consumer<byte[], ByteBuffer> consumer,
            String topic,
            Assignment assignment,
            Buffer buffer,
            InstantSource clock,
            WalMetrics metrics) {
        this.consumer = consumer;
        this.topic = topic;
        this.assignment = assignment;
        this.buffer = buffer;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Each gets a place at once, where it is not read from: else Kafka's group offset would be asked, and may be none. */
    void assigned(Collection<TopicPartition> assigned) {
        consumer.pause(assigned);
        for (var partition : assigned) {
            consumer.seek(partition, 0);
            assignment.add(partition.partition(), clock.instant());
        }
    }

    /** Compares what was claimed with what the broker has, and begins to read. */
    void check() {
        var claimed = assignment.in(Phase.CHECKING);
        if (claimed.isEmpty()) {
            return;
        }
        try {
            var partitions = topicPartitions(claimed);
            var first = consumer.beginningOffsets(partitions, ASK_WITHIN);
            var next = consumer.endOffsets(partitions, ASK_WITHIN);
            claimed.forEach(partition -> check(partition, first, next));
        } catch (RetriableException e) {
            LOG.warn("Kafka did not say where partitions {} begin and end; tried again", numbers(claimed), e);
        }
    }

    void deliver(int number, List<ConsumerRecord<byte[], ByteBuffer>> polled) {
        var partition = assignment.get(number);
        var under = partition == null ? null : partition.progress();
        if (partition == null || under == null || !partition.is(Phase.READING)) {
            return;
        }
        var records = new ArrayList<LogRecord>(polled.size());
        var fault = Optional.<String>empty();
        for (int i = 0; i < polled.size() && fault.isEmpty(); i++) {
            var record = polled.get(i);
            fault = OffsetCheck.betweenRecords(partition.next() + i, record.offset());
            if (fault.isEmpty()) {
                records.add(logRecord(record));
            }
        }
        pass(partition, under, records);
        fault.ifPresent(why -> stop(partition, why));
    }

    /** The broker has not got what we asked for. It is asked what it has, and the check says what is wrong. */
    void outOfRange(Collection<TopicPartition> partitions) {
        for (var topicPartition : partitions) {
            var partition = assignment.get(topicPartition.partition());
            if (partition == null || !partition.is(Phase.READING)) {
                continue;
            }
            try {
                long first = one(consumer.beginningOffsets(List.of(topicPartition), ASK_WITHIN));
                long next = one(consumer.endOffsets(List.of(topicPartition), ASK_WITHIN));
                var fault = OffsetCheck.beforeReading(partition.next(), first, next);
                fault.ifPresentOrElse(
                        why -> stop(partition, why), () -> consumer.seek(topicPartition, partition.next()));
            } catch (RetriableException e) {
                LOG.warn("Kafka did not say where {} begins and ends; tried again", topicPartition, e);
            }
        }
    }

    /** @return whether a partition is paused now, so that someone has to say when there is room */
    boolean pauseOrResume(Instant now) {
        boolean anyWaits = false;
        for (var partition : assignment.in(Phase.READING)) {
            var under = partition.progress();
            boolean waits = under != null && buffer.mustWait(under.held(), partition.paused());
            if (waits != partition.paused()) {
                partition.paused(waits);
                var topicPartition = List.of(topicPartition(partition));
                if (waits) {
                    consumer.pause(topicPartition);
                } else {
                    consumer.resume(topicPartition);
                }
            }
            anyWaits |= waits;
        }
        recordPause(anyWaits, now);
        return anyWaits;
    }

    /** Where the broker's log ends, of the partitions that are read; absent where it did not say. */
    Optional<Map<Integer, Long>> ends() {
        var reading = assignment.in(Phase.READING);
        if (reading.isEmpty()) {
            return Optional.empty();
        }
        try {
            var ends = new HashMap<Integer, Long>();
            consumer.endOffsets(topicPartitions(reading), ASK_WITHIN)
                    .forEach((partition, end) -> ends.put(partition.partition(), end));
            return Optional.of(ends);
        } catch (RetriableException e) {
            LOG.debug("Kafka did not say where its partitions end", e);
            return Optional.empty();
        }
    }

    /** Tells Kafka how far the catalog is, for tools that show a group's lag; we never read it. */
    void hint() {
        var hints = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : assignment.in(Phase.READING)) {
            var under = partition.progress();
            if (under != null) {
                hints.put(topicPartition(partition), new OffsetAndMetadata(under.committed()));
            }
        }
        if (!hints.isEmpty()) {
            consumer.commitAsync(hints, (_, e) -> {
                if (e != null) {
                    LOG.debug("Kafka did not take the offsets", e);
                }
            });
        }
    }

    private void check(AssignedPartition partition, Map<TopicPartition, Long> firsts, Map<TopicPartition, Long> nexts) {
        var topicPartition = topicPartition(partition);
        var first = firsts.get(topicPartition);
        var next = nexts.get(topicPartition);
        if (first == null || next == null) {
            return;
        }
        long recorded = partition.position().offset();
        var fault = OffsetCheck.beforeReading(recorded, first, next);
        if (fault.isPresent()) {
            stop(partition, fault.get());
            return;
        }
        consumer.seek(topicPartition, recorded);
        consumer.resume(List.of(topicPartition));
        partition.paused(false);
        assignment.opened(partition, clock.instant());
    }

    private void stop(AssignedPartition partition, String reason) {
        consumer.pause(List.of(topicPartition(partition)));
        partition.paused(true);
        assignment.stops(partition, reason, clock.instant());
    }

    private void pass(AssignedPartition partition, Progress under, List<LogRecord> records) {
        if (!records.isEmpty()) {
            buffer.add(records.stream().mapToLong(LogRecord::bytes).sum());
            metrics.buffered(buffer.bytes());
            assignment.received(partition, under, List.copyOf(records));
        }
    }

    private static LogRecord logRecord(ConsumerRecord<byte[], ByteBuffer> record) {
        return new LogRecord(record.offset(), record.timestamp(), RecordValue.of(record.value()));
    }

    private void recordPause(boolean anyWaits, Instant now) {
        var since = fullSince;
        if (anyWaits && since == null) {
            fullSince = now;
        } else if (!anyWaits && since != null) {
            fullSince = null;
            metrics.paused(Duration.between(since, now));
        }
    }

    private List<TopicPartition> topicPartitions(List<AssignedPartition> partitions) {
        return partitions.stream().map(this::topicPartition).toList();
    }

    private TopicPartition topicPartition(AssignedPartition partition) {
        return new TopicPartition(topic, partition.partition);
    }

    private static List<Integer> numbers(List<AssignedPartition> partitions) {
        return partitions.stream().map(partition -> partition.partition).toList();
    }

    private static long one(Map<TopicPartition, Long> offsets) {
        return offsets.values().iterator().next();
    }
}
