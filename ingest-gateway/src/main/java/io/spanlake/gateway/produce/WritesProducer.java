package io.spanlake.gateway.produce;

import io.spanlake.service.config.KafkaSettings;
import io.spanlake.storage.wal.WalEncoding;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
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
    /** A lane waits for one round before it sends the next. */
    private static final int BATCHES_IN_FLIGHT = 1;

    /** A lane flushes what it has handed over; until then its records gather in one batch a partition. */
    private static final int LINGER_MS = 1_000;

    /** Larger blocks compress better, and cost a reader of one row more. */
    private static final WalEncoding BLOCKS = new WalEncoding(1 << 20, 1);

    /** The bytes on their way are bounded before, so only missing metadata blocks. */
    private static final long BLOCK_MS = 5_000;

    private WritesProducer() {}

    /**
     * @param inflightBytes most bytes that are handed to all of them at a time
     * @param company       whether more is on its way to the lanes
     * @param shortage      of CPU, 0 to 1
     */
    public static WritesLanes create(
            KafkaSettings kafka,
            int partitions,
            long inflightBytes,
            DataSize batch,
            RoundSettings rounds,
            BooleanSupplier company,
            DoubleSupplier shortage,
            LongSupplier nanos) {
        return new WritesLanes(IntStream.range(0, WritesLanes.countFor(partitions))
                .mapToObj(number -> {
                    var lane = new Lane(
                            "gateway-lane-" + number,
                            producer(kafka, partitions, inflightBytes, batch),
                            kafka.writes(),
                            new WaitingParcels(rounds, company, shortage, nanos),
                            BLOCKS,
                            nanos);
                    lane.start();
                    return lane;
                })
                .toList());
    }

    private static Producer<byte[], byte[]> producer(
            KafkaSettings kafka, int partitions, long inflightBytes, DataSize batch) {
        var config = kafka.producer();
        // Blocks are compressed already: compressed again, the broker would have to inflate them for its checks.
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, BATCHES_IN_FLIGHT);
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, (int) batch.toBytes());
        // A batch takes its full size however little is in it: one a partition on top of what is on its way.
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, inflightBytes + partitions * batch.toBytes());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
        return new KafkaProducer<>(config);
    }
}
