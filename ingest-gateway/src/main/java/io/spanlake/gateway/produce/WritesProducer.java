package io.spanlake.gateway.produce;

import io.spanlake.service.config.KafkaSettings;
import java.time.Duration;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.util.unit.DataSize;

/** Makes the producers of topic {@code writes}. */
public final class WritesProducer {
    /** Waiting for a share (5 s) and this stay below the 30 s after which a record does not count. */
    private static final int DELIVERY_MS = 20_000;

    private static final int REQUEST_MS = 8_000;
    /**
     * While a batch is on its way, all that comes gathers in the next: so batches grow with the load by themselves. Twice
     * the bytes in a batch cost half of its fixed price, and compress better.
     */
    private static final int BATCHES_IN_FLIGHT = 1;

    /** The bytes on their way are bounded before, so only missing metadata blocks. */
    private static final long BLOCK_MS = 5_000;

    private WritesProducer() {}

    /** @param inflightBytes most bytes that are handed to all of them at a time */
    public static WritesLanes create(
            KafkaSettings kafka, int partitions, long inflightBytes, Duration linger, DataSize batch) {
        return new WritesLanes(IntStream.range(0, WritesLanes.countFor(partitions))
                .mapToObj(lane -> producer(kafka, partitions, inflightBytes, linger, batch))
                .toList());
    }

    private static Producer<byte[], byte[]> producer(
            KafkaSettings kafka, int partitions, long inflightBytes, Duration linger, DataSize batch) {
        var config = kafka.producer();
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        config.put(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, 1);
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, BATCHES_IN_FLIGHT);
        config.put(ProducerConfig.LINGER_MS_CONFIG, (int) linger.toMillis());
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, (int) batch.toBytes());
        // A batch takes its full size however little is in it: one a partition on top of what is on its way.
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, inflightBytes + partitions * batch.toBytes());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
        return new KafkaProducer<>(config);
    }
}
