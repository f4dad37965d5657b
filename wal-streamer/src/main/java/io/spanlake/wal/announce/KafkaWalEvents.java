package io.spanlake.wal.announce;

import io.spanlake.wal.WalMetrics;
import io.spanlake.wal.collect.TakenRange;
import io.spanlake.wal.commit.CommitOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Events on topic {@code wal-events}: partition as in {@code writes}, key = its number, value = the range as JSON. */
public final class KafkaWalEvents implements WalEvents, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaWalEvents.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final Producer<String, String> producer;
    private final String topic;
    private final Scheduler scheduler;
    private final WalMetrics metrics;

    /** @param scheduler bounded: a producer whose broker is away blocks, and events that pile up then are dropped */
    public KafkaWalEvents(Map<String, Object> connection, String topic, Scheduler scheduler, WalMetrics metrics) {
        this.producer = new KafkaProducer<>(settings(connection), new StringSerializer(), new StringSerializer());
        this.topic = topic;
        this.scheduler = scheduler;
        this.metrics = metrics;
    }

    @Override
    public Mono<CommitOutcome> announce(CommitOutcome outcome) {
        if (!outcome.committed().isEmpty()) {
            try {
                scheduler.schedule(() -> send(outcome.committed()));
            } catch (RejectedExecutionException e) {
                metrics.announceFailed();
            }
        }
        return Mono.just(outcome);
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }

    private void send(List<TakenRange> ranges) {
        try {
            for (var range : ranges) {
                int partition = range.claim().partition();
                var event = new ProducerRecord<>(topic, partition, Integer.toString(partition), WalEvents.text(range));
                var _ = producer.send(event, (_, e) -> sent(e));
            }
        } catch (KafkaException | IllegalStateException e) {
            sent(e);
        }
    }

    private void sent(@org.jspecify.annotations.Nullable Exception e) {
        if (e != null) {
            metrics.announceFailed();
            LOG.debug("An event was not sent", e);
        }
    }

    private static Map<String, Object> settings(Map<String, Object> connection) {
        var settings = new HashMap<>(connection);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "wal-events");
        settings.put(ProducerConfig.ACKS_CONFIG, "1");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1L << 20);
        return settings;
    }
}
