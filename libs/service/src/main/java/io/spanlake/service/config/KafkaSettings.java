package io.spanlake.service.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Kafka is, and what it is asked for.
 *
 * @param bootstrapServers host:port of some brokers
 * @param topics           names of the two topics
 * @param partitions       of topic {@code writes}, 1 to 10,000; the topic has to have exactly so many, for an object's
 *                         place depends on it
 * @param singleBroker     the exception for one broker: replication and in-sync replicas of 1 are accepted, and so is
 *                         losing what is acknowledged with that broker's disk
 * @param createTopics     creates a topic that is missing, with the settings of the contract
 * @param client           further settings of every Kafka client ({@code security.protocol}, {@code sasl.jaas.config},
 *                         …); may hold secrets and is never printed
 */
@ConfigurationProperties("spanlake.kafka")
public record KafkaSettings(
        List<String> bootstrapServers,
        @DefaultValue Topics topics,
        @DefaultValue("48") int partitions,
        @DefaultValue("false") boolean singleBroker,
        @DefaultValue("false") boolean createTopics,
        @DefaultValue Map<String, String> client) {
    private static final int PARTITIONS_MAX = 10_000;

    /** Largest request of a producer: the contract's record of 20 MiB, and its envelope. */
    public static final int RECORD_BYTES_MAX = 21 << 20;

    public KafkaSettings {
        if (bootstrapServers == null || bootstrapServers.isEmpty()) {
            throw new IllegalArgumentException("spanlake.kafka.bootstrap-servers is not set");
        }
        if (partitions < 1 || partitions > PARTITIONS_MAX) {
            throw new IllegalArgumentException(
                    "spanlake.kafka.partitions has to be from 1 to %d, not %d".formatted(PARTITIONS_MAX, partitions));
        }
        bootstrapServers = List.copyOf(bootstrapServers);
        client = Map.copyOf(client);
    }

    /**
     * @param writes    where the gateway puts what it takes
     * @param walEvents what wakes readers
     */
    public record Topics(
            @DefaultValue("writes") String writes,
            @DefaultValue("wal-events") String walEvents) {
        public Topics {
            if (writes.equals(walEvents)) {
                throw new IllegalArgumentException("spanlake.kafka.topics: writes and wal-events are both " + writes);
            }
        }
    }

    /** Name of the topic that holds the writes. */
    public String writes() {
        return topics.writes();
    }

    /** Name of the topic that says that the write-ahead log has grown. */
    public String walEvents() {
        return topics.walEvents();
    }

    /** For a producer of bytes that loses nothing and sends nothing twice; a mutable copy, to be added to. */
    public Map<String, Object> producer() {
        var config = common();
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RECORD_BYTES_MAX);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        return config;
    }

    /** For a consumer of bytes that decides itself where it stands; a mutable copy, to be added to. */
    public Map<String, Object> consumer() {
        var config = common();
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        // A lost offset has to be seen, not jumped over.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, RECORD_BYTES_MAX);
        return config;
    }

    /** For an admin client; a mutable copy, to be added to. */
    public Map<String, Object> admin() {
        var config = common();
        config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
        return config;
    }

    private Map<String, Object> common() {
        var config = new HashMap<String, Object>(client);
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", bootstrapServers));
        return config;
    }

    /** Without the values of {@code client}. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrapServers=%s, topics=%s, partitions=%d, singleBroker=%s, createTopics=%s, client=%s]"
                .formatted(
                        bootstrapServers,
                        topics,
                        partitions,
                        singleBroker,
                        createTopics,
                        new TreeSet<>(client.keySet()));
    }
}
