package io.spanlake.service.log;

import io.spanlake.service.config.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;

/**
 * Asks Kafka how far the log is, by a consumer that reads nothing. A consumer belongs to one thread; questions queue there, so
 * ask one at a time.
 */
public final class KafkaLogEnds implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Duration patience;
    private final ExecutorService thread;

    /**
     * @param name       of the client and its thread
     * @param partitions how many the topic {@code writes} has
     * @param patience   after which a question has failed
     */
    public static KafkaLogEnds ofWrites(KafkaSettings kafka, String name, int partitions, Duration patience) {
        var config = kafka.consumer();
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        return new KafkaLogEnds(new KafkaConsumer<>(config), name, kafka.writes(), partitions, patience);
    }

    /**
     * @param consumer   belongs to this from now on
     * @param name       of its thread
     * @param partitions how many the topic has
     * @param patience   after which a question has failed
     */
    public KafkaLogEnds(
            Consumer<byte[], byte[]> consumer, String name, String topic, int partitions, Duration patience) {
        this.consumer = consumer;
        var partitionsOfTopic = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        this.partitions = partitionsOfTopic;
        this.patience = patience;
        // Never polled, so nothing is fetched; a consumer that was assigned nothing warns at each question.
        consumer.assign(partitionsOfTopic);
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /**
     * End offset of every partition, by number; asked after the subscription.
     *
     * <p>Not ended by a caller that leaves: an interrupted consumer would have to find its brokers anew.
     */
    public Mono<Map<Integer, Long>> endOffsets() {
        return Mono.fromFuture(() -> CompletableFuture.supplyAsync(this::ask, thread), true);
    }

    private Map<Integer, Long> ask() {
        var ends = new HashMap<Integer, Long>();
        consumer.endOffsets(partitions, patience).forEach((partition, end) -> ends.put(partition.partition(), end));
        return Map.copyOf(ends);
    }

    @Override
    public void close() {
        thread.execute(() -> consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT)));
        thread.shutdown();
    }
}
