package io.spanlake.gateway.produce;

import io.spanlake.gateway.bound.Held;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Some records to Kafka. */
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
     * Completes when all replicas have all of the records: whether every one of them counts. Blocks where the producer has
     * no metadata or no buffer. From here on the held bytes are the records': given back when Kafka has answered for all.
     *
     * @param records at least one
     */
    Mono<Boolean> send(List<BuiltRecord> records, Held held) {
        return Mono.create(sink -> {
            var answers = new Answers(records.size(), held.handOver(), sink);
            records.forEach(record -> send(record, answers));
        });
    }

    private void send(BuiltRecord record, Answers answers) {
        try {
            var sent = new ProducerRecord<byte[], byte[]>(topic, record.partition(), null, record.bytes());
            var unused = lanes.of(record.partition())
                    .send(sent, (metadata, failure) -> answered(record, metadata, failure, answers));
        } catch (RuntimeException failure) {
            answers.failed(unavailable(failure));
        }
    }

    private static void answered(BuiltRecord record, RecordMetadata metadata, Exception failure, Answers answers) {
        if (failure != null) {
            answers.failed(unavailable(failure));
            return;
        }
        appendTime(metadata).map(record::counts).ifPresentOrElse(answers::acknowledged, () -> answers.failed(untold()));
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

    /** What Kafka says of each record, on whichever of its threads. The first failure is told at once. */
    private static final class Answers {
        private final Held held;
        private final MonoSink<Boolean> sink;
        private int left;
        private boolean allCount = true;

        Answers(int records, Held held, MonoSink<Boolean> sink) {
            this.left = records;
            this.held = held;
            this.sink = sink;
        }

        void acknowledged(boolean counts) {
            if (isLast(counts)) {
                held.release();
                // Says nothing where a failure was told before.
                sink.success(allCount);
            }
        }

        void failed(Throwable failure) {
            if (isLast(false)) {
                held.release();
            }
            sink.error(failure);
        }

        private synchronized boolean isLast(boolean counts) {
            allCount &= counts;
            left--;
            return left == 0;
        }
    }
}
