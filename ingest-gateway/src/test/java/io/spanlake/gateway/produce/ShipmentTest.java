package io.spanlake.gateway.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.service.errors.RefusedException;
import java.time.Duration;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class ShipmentTest {
    private static final TopicPartition PARTITION = new TopicPartition("writes", 0);
    private static final long IN_TIME_MS = Parcels.DRAWN_S * 1_000 + 29_000;
    private static final long EARLY_MS = Parcels.DRAWN_S * 1_000 - 10_500;
    private static final long LATE_MS = Parcels.DRAWN_S * 1_000 + 31_500;

    private final Parcels requests = new Parcels();
    private final Parcels.Group request = requests.group(0, 0);

    private static RecordMetadata appended(long timeMs) {
        return new RecordMetadata(PARTITION, 17, 2, timeMs, 0, 9);
    }

    @Test
    void theAppendTimeIsTheBrokers() {
        assertThat(Shipment.appendTime(appended(1_000))).contains(1_000L);
    }

    /** A repeated send of a batch that the broker had already: the time is then the client's own. */
    @Test
    void aRecordWithoutAnOffsetHasNoAppendTime() {
        assertThat(Shipment.appendTime(new RecordMetadata(PARTITION, -1, 0, 1_000, 0, 9)))
                .isEmpty();
    }

    @Test
    void isAcknowledgedWhenTheLastRecordIs() {
        var shipment = new Shipment(request.parcels(), 2);
        shipment.answered(appended(IN_TIME_MS), null);

        assertThat(request.answer()).isNotDone();

        shipment.answered(appended(IN_TIME_MS), null);

        assertThat(request.answer()).isCompletedWithValue(true);
        assertThat(requests.budget.heldBytes()).isZero();
    }

    @Test
    void doesNotCountWhereOneRecordCameTooLate() {
        var shipment = new Shipment(request.parcels(), 2);
        shipment.answered(appended(LATE_MS), null);
        shipment.answered(appended(IN_TIME_MS), null);

        assertThat(request.answer()).isCompletedWithValue(false);
    }

    @Test
    void doesNotCountWhereTheIdOfOneRecordIsFarAheadOfTheBrokersClock() {
        var shipment = new Shipment(request.parcels(), 2);
        shipment.answered(appended(EARLY_MS), null);
        shipment.answered(appended(IN_TIME_MS), null);

        assertThat(request.answer()).isCompletedWithValue(false);
    }

    @Test
    void failsWithTheFirstRecordThatFails() {
        var shipment = new Shipment(request.parcels(), 2);
        shipment.answered(null, new TimeoutException("no answer"));

        assertThat(request.answer())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(RefusedException.class);

        shipment.answered(appended(IN_TIME_MS), null);

        assertThat(request.answer()).isCompletedExceptionally();
        assertThat(requests.budget.heldBytes()).isZero();
    }

    @Test
    void aRequestOfSeveralShipmentsIsAnsweredByTheLastAndKeepsItsBytesUntilThen() {
        var first = new Shipment(request.parcels().subList(0, 1), 1);
        var second = new Shipment(request.parcels().subList(1, 2), 1);
        first.answered(null, new TimeoutException("no answer"));

        assertThat(request.answer()).isCompletedExceptionally();
        assertThat(requests.budget.heldBytes()).isPositive();

        second.answered(appended(IN_TIME_MS), null);

        assertThat(requests.budget.heldBytes()).isZero();
    }
}
