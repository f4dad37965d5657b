package io.spanlake.segments.read;

import io.spanlake.catalog.processed.PendingSection;
import io.spanlake.model.AppendTimeRule;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.model.envelope.EnvelopeException;
import io.spanlake.storage.wal.WritesRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** {@link LogReplay} over a real Kafka. Rare, so that a consumer is made for each section and none stands idle. */
public final class KafkaReplay implements LogReplay {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Duration READ_WITHIN = Duration.ofSeconds(60);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final String topic;
    private final Scheduler scheduler;
    private final InstantSource clock;

    /** @param scheduler for work that blocks; bounded */
    public KafkaReplay(
            Supplier<Consumer<byte[], byte[]>> consumers, String topic, Scheduler scheduler, InstantSource clock) {
        this.consumers = consumers;
        this.topic = topic;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    @Override
    public Mono<List<Write>> writes(PendingSection section) {
        return Mono.fromCallable(() -> read(section)).subscribeOn(scheduler).flatMap(Mono::justOrEmpty);
    }

    private Optional<List<Write>> read(PendingSection section) {
        try (var consumer = consumers.get()) {
            var partition = new TopicPartition(topic, section.partition());
            var asked = List.of(partition);
            long first = consumer.beginningOffsets(asked, ANSWER_WITHIN).getOrDefault(partition, Long.MAX_VALUE);
            long next = consumer.endOffsets(asked, ANSWER_WITHIN).getOrDefault(partition, 0L);
            if (section.first() < first || section.next() > next) {
                return Optional.empty();
            }
            consumer.assign(asked);
            consumer.seek(partition, section.first());
            return Optional.of(read(consumer, section));
        }
    }

    private List<Write> read(Consumer<byte[], byte[]> consumer, PendingSection section) {
        var writes = new ArrayList<Write>();
        var deadline = clock.instant().plus(READ_WITHIN);
        long at = section.first();
        while (at < section.next()) {
            if (clock.instant().isAfter(deadline)) {
                throw new TimeoutException("%s-%d was not read to %d within %s"
                        .formatted(topic, section.partition(), section.next(), READ_WITHIN));
            }
            for (var message : consumer.poll(POLL)) {
                at = message.offset() + 1;
                if (message.offset() < section.next()) {
                    addThoseThatCount(message, section, writes);
                }
            }
        }
        return writes;
    }

    /** By the rules of the wal-streamer: the same record gives the same writes. */
    private static void addThoseThatCount(
            ConsumerRecord<byte[], byte[]> message, PendingSection section, List<Write> writes) {
        try {
            var record = WritesRecord.read(ByteSlice.of(message.value()));
            if (record.organization().equals(section.organization())) {
                record.writes().stream()
                        .filter(write -> AppendTimeRule.counts(write.stamp().transaction(), message.timestamp()))
                        .forEach(writes::add);
            }
        } catch (EnvelopeException notOne) {
            // The streamer kept it aside; it is in no section.
            return;
        }
    }
}
