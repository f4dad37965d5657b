package io.spanlake.segments.wake;

import io.spanlake.segments.SegmentsProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What the Streams application is asked for: to cost nothing while nothing happens. */
final class StreamsSettings {
    private static final int POLL_MS = 1_000;
    /** Not longer: while a broker holds a fetch it answers nothing else on that connection, the end of it included. */
    private static final int FETCH_WAIT_MS = 1_000;

    /** Longest time between two polls, between which only flags are set. */
    private static final Duration TURN_MAX = Duration.ofSeconds(10);

    private static final int COMMIT_MS = 60_000;

    private StreamsSettings() {}

    /** @param connection what every Kafka client needs; goes before what is chosen here */
    static Properties of(Map<String, Object> connection, SegmentsProperties properties) {
        var settings = new HashMap<String, Object>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, properties.application());
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, "segments");
        // It only sets flags.
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
        // Its own offsets are no more than a hint where events were seen.
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MS);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCH_WAIT_MS);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int)
                properties.sessionTimeout().toMillis());
        // So long a rebalance waits for a member that died before it joined; Kafka's five minutes would stop the cuts.
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), (int)
                properties.sessionTimeout().plus(TURN_MAX).toMillis());
        settings.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                (int) properties.sessionTimeout().toMillis() / 3);
        settings.put(CommonClientConfigs.METRICS_RECORDING_LEVEL_CONFIG, "INFO");
        settings.putAll(connection);
        var all = new Properties();
        all.putAll(settings);
        return all;
    }
}
