package io.spanlake.wal.receive;

import io.spanlake.wal.WalProperties;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/** How the streamer consumes: it decides itself where it stands, and gives partitions up one by one. */
final class ConsumerSettings {
    /** One fetch, which may come on top of the buffer; a record that is larger comes alone. */
    private static final long FETCH_BYTES_MAX = 16 << 20;

    private static final long FETCH_BYTES_MIN = 1 << 20;

    /** Longest time between two polls: a turn asks the broker three things, three seconds each. */
    private static final long TURN_MS_MAX = 10_000;

    /** Of a log in which nothing happens: the broker answers at once where there is something. A close waits as long. */
    private static final int FETCH_WAIT_MS = 1_000;

    private ConsumerSettings() {}

    static Map<String, Object> of(Map<String, Object> connection, WalProperties properties) {
        var settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, properties.group());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        long sessionMs = properties.sessionTimeout().toMillis();
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) sessionMs);
        // So long a rebalance waits for a member that died before it joined; Kafka's five minutes would stop the log.
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) (sessionMs + TURN_MS_MAX));
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) Math.min(1_000, sessionMs / 3));
        int fetchBytes = fetchBytes(properties.bufferBytes().toBytes());
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetchBytes);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetchBytes / 4);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        return settings;
    }

    private static int fetchBytes(long bufferBytes) {
        return (int) Math.clamp(bufferBytes / 4, FETCH_BYTES_MIN, FETCH_BYTES_MAX);
    }
}
