package io.spanlake.gateway.produce;

import io.spanlake.gateway.bound.Held;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** One record to Kafka. */
final class KafkaSender {
    private static final Logger log = LoggerFactory.getLogger(KafkaSender.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final WritesLanes lanes;
    private final String topic;

    KafkaSender(WritesLanes lanes, String topic) {
        this.lanes = lanes;
        this.topic = topic;
    }

    /**
     * Completes with the append time when all replicas have the record. Blocks where the producer has no metadata or no
     * buffer. From here on the held bytes are the record's: given back when Kafka answers.
     */
    Mono<Long> send(int partition, byte[] record, Held held) {
        return Mono.create(sink -> send(new ProducerRecord<>(topic, partition, null, record), held, sink));
    }

    private void send(ProducerRecord<byte[], byte[]> record, Held held, MonoSink<Long> sink) {
        var bytes = held.handOver();
        try {
            var unused = lanes.of(record.partition()).send(record, (metadata, failure) -> {
                bytes.release();
                if (failure != null) {
                    sink.error(unavailable(failure));
                } else {
                    appendTime(metadata).ifPresentOrElse(sink::success, () -> sink.error(untold()));
                }
            });
        } catch (RuntimeException failure) {
            bytes.release();
            sink.error(unavailable(failure));
        }
    }

    /**
     * Absent where the broker had the record already, and so much came after it that it has forgotten when: then the client
     * library states the time of sending, by which a record that came too late would seem to count.
     */
    static Optional<Long> appendTime(RecordMetadata metadata) {
        return metadata.hasOffset() ? Optional.of(metadata.timestamp()) : Optional.empty();
    }

    private static Throwable untold() {
        return Refusals.exception(new Refusal.Unavailable("Kafka did not say when it took a record", RETRY_AFTER));
    }

    private static Throwable unavailable(Exception failure) {
        if (!(failure instanceof RetriableException)) {
            log.warn("Kafka refused a record: {}", failure.toString());
        }
        return Refusals.exception(new Refusal.Unavailable("Kafka did not acknowledge in time", RETRY_AFTER));
    }
}
