package io.spanlake.uiquery.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows topic {@code wal-events} from its end, all partitions, on the thread {@code ui-wal-events}. Events only wake
 * and warm: one that is lost, or malformed, costs a moment. When Kafka is away it tries again every second.
 */
public final class WalEventFollower implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(WalEventFollower.class);
    private static final Duration POLL = Duration.ofSeconds(30);
    private static final Duration METADATA = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final String topic;
    private final Runnable onRound;
    private final JsonMapper json = JsonMapper.shared();
    private final Sinks.Many<WalEvent> events = Sinks.many().multicast().directBestEffort();
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile boolean running;

    private volatile @Nullable Consumer<byte[], byte[]> current;

    /**
     * @param consumers gives a new consumer each time, whose position is reset to the end where it has none
     * @param onRound   called each time around, at least every half minute
     */
    public WalEventFollower(Supplier<Consumer<byte[], byte[]>> consumers, String topic, Runnable onRound) {
        this.consumers = consumers;
        this.topic = topic;
        this.onRound = onRound;
    }

    /** Hot; a subscriber that is slow loses events. Emits on {@code ui-wal-events}: do nothing there. */
    public Flux<WalEvent> events() {
        return events.asFlux();
    }

    @Override
    public void start() {
        running = true;
        stopped = new CountDownLatch(1);
        Thread.ofPlatform().name("ui-wal-events").daemon().start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        stopped.countDown();
        var consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            onRound.run();
            try (var consumer = consumers.get()) {
                current = consumer;
                follow(consumer);
            } catch (WakeupException stop) {
                return;
            } catch (KafkaException fault) {
                LOG.warn("topic {} cannot be followed, trying again: {}", topic, fault.getMessage());
                if (pausedUntilStop()) {
                    return;
                }
            } finally {
                current = null;
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic, METADATA).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        while (running) {
            consumer.poll(POLL).forEach(this::announce);
            onRound.run();
        }
    }

    private void announce(ConsumerRecord<byte[], byte[]> message) {
        try {
            JsonNode event = json.readTree(message.value());
            events.tryEmitNext(new WalEvent(
                    event.required("partition").intValue(),
                    event.required("incarnation").intValue(),
                    event.required("next").longValue(),
                    Instant.ofEpochMilli(message.timestamp())));
        } catch (JacksonException | IllegalArgumentException malformed) {
            LOG.warn("an event of {} at {} is not understood", topic, message.offset());
        }
    }

    private boolean pausedUntilStop() {
        try {
            return stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
