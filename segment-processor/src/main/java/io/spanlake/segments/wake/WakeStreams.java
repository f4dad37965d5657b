package io.spanlake.segments.wake;

import io.spanlake.segments.SegmentsProperties;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kafka Streams application: shares the partitions out among all processors, and wakes them by events. Its one thread
 * never waits for the catalog or the blob store.
 */
public final class WakeStreams {
    private static final Logger LOG = LoggerFactory.getLogger(WakeStreams.class);

    private final KafkaStreams streams;

    /**
     * @param connection what every Kafka client needs
     * @param walEvents  topic with as many partitions as {@code writes}
     */
    public WakeStreams(
            Map<String, Object> connection, String walEvents, SegmentsProperties properties, Ownership ownership) {
        streams = new KafkaStreams(WakeTopology.of(walEvents, ownership), StreamsSettings.of(connection, properties));
        streams.setUncaughtExceptionHandler(WakeStreams::startAnew);
    }

    public void start() {
        streams.start();
    }

    /** Gives the partitions to whoever is there. Blocks up to that long. */
    public void stop(Duration within) {
        var options = CloseOptions.timeout(within).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
        if (!streams.close(options)) {
            LOG.warn("The stream thread did not end within {} ms", within.toMillis());
        }
    }

    private static StreamThreadExceptionResponse startAnew(Throwable fault) {
        LOG.error("The stream thread ended with an error and is started anew", fault);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
