package io.spanlake.gateway.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.service.errors.RefusedException;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WritesRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The mock broker appends at time 0, which is before every transaction: in time. */
class LaneTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final HeldBack producer = new HeldBack();
    private final AtomicLong nanos = new AtomicLong(1);
    private final Lane lane = new Lane(
            "lane-under-test",
            producer,
            "writes",
            new WaitingParcels(
                    new RoundSettings(1, 1 << 20, Duration.ZERO, Duration.ZERO), () -> false, () -> 0, nanos::get),
            new WalEncoding(1 << 20, 1),
            nanos::get);
    private final Parcels requests = new Parcels();

    /** Acknowledges a round when it is let. */
    private static final class HeldBack extends MockProducer<byte[], byte[]> {
        final Semaphore rounds = new Semaphore(0);

        HeldBack() {
            super(Cluster.empty(), false, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        /** A broker says when it appended. */
        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback told) {
            return super.send(record, (metadata, failure) -> told.onCompletion(inTime(metadata), failure));
        }

        private static @Nullable RecordMetadata inTime(@Nullable RecordMetadata metadata) {
            if (metadata == null) {
                return null;
            }
            var partition = new TopicPartition(metadata.topic(), metadata.partition());
            return new RecordMetadata(partition, metadata.offset(), 0, Parcels.DRAWN_S * 1_000, 0, 0);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // others hand over meanwhile
        public void flush() {
            rounds.acquireUninterruptibly();
            super.flush();
        }
    }

    private Parcels.Group send(int... partitions) {
        var request = requests.group(partitions);
        request.parcels().forEach(lane::send);
        return request;
    }

    private static List<Write> writesOf(ProducerRecord<byte[], byte[]> record) {
        return WritesRecord.read(ByteSlice.of(record.value())).writes();
    }

    @AfterEach
    void close() {
        producer.rounds.release(100);
        lane.close(SOON);
    }

    @Test
    void whatComesWhileARoundIsOnItsWayTravelsTogetherInTheNext() {
        lane.start();
        var first = send(0);
        await(() -> producer.rounds.hasQueuedThreads());
        var second = send(0, 4);
        var third = send(0);
        producer.rounds.release();

        assertThat(first.answer()).succeedsWithin(SOON).isEqualTo(true);
        assertThat(second.answer()).isNotDone();

        producer.rounds.release();

        assertThat(second.answer()).succeedsWithin(SOON).isEqualTo(true);
        assertThat(third.answer()).succeedsWithin(SOON).isEqualTo(true);
        assertThat(producer.history()).extracting(ProducerRecord::partition).containsExactly(0, 0, 4);
        assertThat(writesOf(producer.history().get(1))).hasSize(2);
        assertThat(requests.budget.heldBytes()).isZero();
    }

    @Test
    void whoLeavesChangesNothing() {
        var request = send(0);
        request.answer().cancel(true);
        lane.start();
        producer.rounds.release();

        await(() -> requests.budget.heldBytes() == 0);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void whatWaitedTooLongIsNotSent() {
        var request = send(0);
        nanos.set(Duration.ofSeconds(11).toNanos());
        lane.start();
        producer.rounds.release();

        assertThat(request.answer()).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(RefusedException.class);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void whereTheProducerTakesNothingEachHasAnAnswer() {
        producer.close();
        lane.start();
        var request = send(0, 1, 2);
        producer.rounds.release(3);

        assertThat(request.answer()).failsWithin(SOON);
        await(() -> requests.budget.heldBytes() == 0);
    }

    @Test
    void aLaneThatIsClosedSendsWhatItHasAndRefusesTheRest() {
        var request = send(0);
        lane.start();
        producer.rounds.release(100);
        lane.close(SOON);

        assertThat(request.answer()).isCompletedWithValue(true);
        assertThat(send(0).answer()).failsWithin(SOON);
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void whatStillWaitsWhenALaneIsCutOffHasAnAnswer() {
        lane.start();
        send(0);
        await(() -> producer.rounds.hasQueuedThreads());
        var waiting = send(0, 4);
        lane.close(Duration.ofMillis(50));
        producer.rounds.release(100);

        assertThat(waiting.answer()).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(RefusedException.class);
        await(() -> requests.budget.heldBytes() == 0);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
