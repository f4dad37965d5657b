package io.spanlake.gateway.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.gateway.bound.BudgetSize;
import io.spanlake.gateway.bound.ByteBudget;
import io.spanlake.gateway.bound.ByteBudget.Queueing;
import io.spanlake.gateway.bound.Held;
import io.spanlake.model.TransactionId;
import io.spanlake.service.errors.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

class KafkaSenderTest {
    private static final TopicPartition PARTITION = new TopicPartition("writes", 0);

    @Test
    void theAppendTimeIsTheBrokers() {
        assertThat(KafkaSender.appendTime(new RecordMetadata(PARTITION, 17, 2, 1_000, 0, 9)))
                .contains(1_000L);
    }

    /** A repeated send of a batch that the broker had already: the time is then the client's own. */
    @Test
    void aRecordWithoutAnOffsetHasNone() {
        assertThat(KafkaSender.appendTime(new RecordMetadata(PARTITION, -1, 0, 1_000, 0, 9)))
                .isEmpty();
    }

    /** The mock broker appends at time 0, which is before every transaction: in time. */
    @Nested
    class RecordsThatTravelTogether {
        private final MockProducer<byte[], byte[]> producer =
                new MockProducer<>(Cluster.empty(), false, null, new ByteArraySerializer(), new ByteArraySerializer());
        private final ByteBudget budget = new ByteBudget(
                "the way to Kafka",
                BudgetSize.plain(1_000),
                new Queueing(1, Duration.ofSeconds(1)),
                Schedulers.immediate());
        private final KafkaSender sender = new KafkaSender(new WritesLanes(List.of(producer)), "writes");
        private final Held held = Objects.requireNonNull(budget.hold(600).block());

        private CompletableFuture<Boolean> sendTwo() {
            return sender.send(List.of(record(0), record(1)), held).toFuture();
        }

        private static BuiltRecord record(int partition) {
            return new BuiltRecord(partition, TransactionId.of(1_790_000_000L, 1), new byte[10]);
        }

        @Test
        void areAcknowledgedWhenTheLastOfThemIs() {
            var acknowledged = sendTwo();
            producer.completeNext();

            assertThat(acknowledged).isNotDone();
            assertThat(budget.heldBytes()).isEqualTo(600);

            producer.completeNext();

            assertThat(acknowledged).isCompletedWithValue(true);
            assertThat(budget.heldBytes()).isZero();
        }

        @Test
        void failWithTheFirstThatFailsButKeepTheirBytesUntilKafkaHasAnsweredForAll() {
            var acknowledged = sendTwo();
            producer.errorNext(new TimeoutException("no answer"));

            assertThat(acknowledged)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(RefusedException.class);
            assertThat(budget.heldBytes()).isEqualTo(600);

            producer.completeNext();

            assertThat(budget.heldBytes()).isZero();
        }

        @Test
        void keepTheirBytesWhoeverLeaves() {
            var subscription = sender.send(List.of(record(0)), held).subscribe();
            subscription.dispose();
            held.release();

            assertThat(budget.heldBytes()).isEqualTo(600);

            producer.completeNext();

            assertThat(budget.heldBytes()).isZero();
        }

        @Test
        void areNotAcknowledgedWhereTheProducerTakesNone() {
            producer.close();

            assertThat(sendTwo()).isCompletedExceptionally();
            assertThat(budget.heldBytes()).isZero();
        }
    }

    @Test
    void aRecordCountsByTheTimeOfItsOldestRow() {
        long drawnMs = 1_790_000_000_000L;
        var record = new BuiltRecord(0, TransactionId.of(drawnMs / 1000, 1), new byte[1]);

        assertThat(Optional.of(drawnMs + 29_000).map(record::counts)).contains(true);
        assertThat(Optional.of(drawnMs + 31_500).map(record::counts)).contains(false);
    }
}
