package io.spanlake.wal.receive;

import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.WritesTopic;
import io.spanlake.wal.Claim;
import io.spanlake.wal.WalMetrics;
import io.spanlake.wal.WalProperties;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;

/**
 * The topic in a real Kafka. One thread polls, and does nothing else that could take long, so that Kafka never takes us
 * for dead: while the buffer is full it polls on with the partitions paused.
 */
public final class KafkaLog implements Log {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaLog.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration REST = Duration.ofMillis(20);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final String topic;
    private final WalProperties properties;
    private final InstantSource clock;
    private final WalMetrics metrics;
    private final Runnable heartbeat;
    private final Consumer<byte[], ByteBuffer> consumer;
    private final KafkaThread thread;
    private final Assignment assignment;
    private final CatalogCalls catalog;
    private final ConsumerOffsets offsets;
    private final Buffer buffer;
    private final Routine routine;
    private volatile @Nullable FluxSink<Received> sink;
    private volatile boolean leaving;
    private volatile boolean abandoned;
    private volatile boolean someoneWaits;

    /**
     * @param connection settings of a Kafka client
     * @param owner      who we are, for those who look into the catalog
     * @param topicId    of the topic as it is when subscribed
     * @param heartbeat  called at least every few seconds while the thread moves
     */
    public KafkaLog(
            Map<String, Object> connection,
            String topic,
            String owner,
            Mono<WritesTopic> topicId,
            WalProperties properties,
            WalCommits commits,
            WalSnapshots snapshots,
            InstantSource clock,
            WalMetrics metrics,
            Runnable heartbeat) {
        this.heartbeat = heartbeat;
        this.topic = topic;
        this.properties = properties;
        this.clock = clock;
        this.metrics = metrics;
        consumer = new KafkaConsumer<>(
                ConsumerSettings.of(connection, properties), new ByteArrayDeserializer(), new ByteBufferDeserializer());
        thread = new KafkaThread("wal-kafka", consumer, this::run);
        assignment = new Assignment(this::emit, this::lost, metrics);
        catalog = new CatalogCalls(commits, snapshots, owner, topicId, assignment, thread, clock);
        buffer = new Buffer(properties.bufferBytes().toBytes());
        offsets = new ConsumerOffsets(consumer, topic, assignment, buffer, clock, metrics);
        routine = new Routine(properties, assignment, catalog, offsets, metrics);
    }

    @Override
    public Flux<Received> receive() {
        // The queue behind this is bounded by the buffer's bytes, for the thread stops reading when it is full.
        return Flux.create(this::start, OverflowStrategy.BUFFER);
    }

    @Override
    public void settled(Claim claim, long bytes) {
        var progress = assignment.progressOf(claim);
        if (progress != null) {
            progress.settled(bytes);
        }
        buffer.remove(bytes);
        metrics.buffered(buffer.bytes());
        if (someoneWaits) {
            thread.wake();
        }
    }

    @Override
    public void committed(Claim claim, long next, Instant appendTime) {
        var progress = assignment.progressOf(claim);
        if (progress != null) {
            progress.committed(next, appendTime);
        }
    }

    @Override
    public void leave() {
        leaving = true;
        thread.wake();
    }

    private void start(FluxSink<Received> started) {
        sink = started;
        started.onDispose(this::abandon);
        thread.start();
    }

    /** What is on its way belongs to nobody any more; no time is spent on flushing it. */
    private void abandon() {
        abandoned = true;
        leave();
    }

    private void emit(Received received) {
        Objects.requireNonNull(sink).next(received);
    }

    private void lost(Claim claim) {
        thread.post(() -> assignment.lost(claim, clock.instant()));
    }

    private void run() {
        try {
            consumer.subscribe(List.of(topic), new Rebalances());
            while (!leaving) {
                turn();
            }
            consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
            Objects.requireNonNull(sink).complete();
        } catch (RuntimeException | Error e) {
            // Errors too: a thread that ended in silence would leave its partitions unread and still ours.
            LOG.error("The Kafka consumer failed", e);
            abandoned = true;
            closeAfterFailure();
            Objects.requireNonNull(sink).error(e);
        } finally {
            catalog.cancel();
        }
    }

    private void closeAfterFailure() {
        try {
            consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
        } catch (RuntimeException e) {
            LOG.warn("The Kafka consumer could not be closed", e);
        }
    }

    private void turn() {
        heartbeat.run();
        thread.runPosted();
        try {
            offsets.check();
            var now = clock.instant();
            someoneWaits = offsets.pauseOrResume(now) || hasWorkAfterSettling();
            deliver();
            routine.run(clock.instant());
        } catch (WakeupException e) {
            LOG.trace("Woken", e);
        }
    }

    private boolean hasWorkAfterSettling() {
        return !assignment.in(AssignedPartition.Phase.STOPPING).isEmpty();
    }

    private void deliver() {
        try {
            var polled = consumer.poll(POLL);
            for (var partition : polled.partitions()) {
                offsets.deliver(partition.partition(), polled.records(partition));
            }
        } catch (OffsetOutOfRangeException e) {
            offsets.outOfRange(e.offsetOutOfRangePartitions().keySet());
        }
    }

    /** Runs on {@code wal-kafka}, inside a poll or the close. */
    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            offsets.assigned(assigned);
            catalog.claim();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            var numbers = numbers(revoked);
            var began = clock.instant();
            catalog.cancel();
            if (!abandoned) {
                flush(numbers, began);
            }
            assignment.remove(numbers);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            LOG.warn("Kafka gave partitions {} to others without asking", numbers(lost));
            catalog.cancel();
            assignment.remove(numbers(lost));
        }

        private void flush(List<Integer> numbers, Instant began) {
            assignment.closing(numbers);
            someoneWaits = true;
            var until = began.plus(properties.handOver());
            while (assignment.held(numbers) > 0 && clock.instant().isBefore(until) && !abandoned) {
                thread.rest(REST);
            }
            var took = Duration.between(began, clock.instant());
            metrics.handedOver(took);
            LOG.info(
                    "Partitions {} are handed over after {} ms, {} bytes are left to their next owners",
                    numbers,
                    took.toMillis(),
                    assignment.held(numbers));
        }

        private static List<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).toList();
        }
    }
}
