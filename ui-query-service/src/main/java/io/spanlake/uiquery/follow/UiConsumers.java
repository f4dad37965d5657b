package io.spanlake.uiquery.follow;

import io.spanlake.service.config.KafkaSettings;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The consumer of events: it is in no group, and does not commit. */
public final class UiConsumers {
    private static final int EVENTS_BYTES_MAX = 64 << 10;
    private static final int IDLE_FETCH_MS = 10_000;

    private UiConsumers() {}

    /** Reads small events as they come; an idle topic costs one request in ten seconds. */
    public static Consumer<byte[], byte[]> following(KafkaSettings kafka) {
        var config = kafka.consumer();
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "ui-wal-events");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, IDLE_FETCH_MS);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, EVENTS_BYTES_MAX);
        return new KafkaConsumer<>(config);
    }
}
