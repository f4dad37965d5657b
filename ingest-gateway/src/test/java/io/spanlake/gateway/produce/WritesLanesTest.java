package io.spanlake.gateway.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.storage.wal.WalEncoding;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

class WritesLanesTest {
    private final List<MockProducer<byte[], byte[]>> producers =
            Stream.generate(() -> new MockProducer<byte[], byte[]>()).limit(3).toList();
    private final WritesLanes lanes =
            new WritesLanes(producers.stream().map(WritesLanesTest::lane).toList());

    private static Lane lane(MockProducer<byte[], byte[]> producer) {
        var lane = new Lane(
                "lane-under-test",
                producer,
                "writes",
                new WaitingParcels(
                        new RoundSettings(1, 1, Duration.ZERO, Duration.ZERO), () -> false, () -> 0, System::nanoTime),
                WalEncoding.DEFAULT,
                System::nanoTime);
        lane.start();
        return lane;
    }

    @Test
    void aPartitionHasAlwaysTheSameLaneAndNeighboursHaveOthers() {
        assertThat(lanes.of(4)).isSameAs(lanes.of(4)).isSameAs(lanes.of(1));
        assertThat(lanes.of(0)).isNotSameAs(lanes.of(1)).isNotSameAs(lanes.of(2));
        lanes.close(Duration.ofSeconds(1));
    }

    @Test
    void allAreClosed() {
        lanes.close(Duration.ofSeconds(1));

        assertThat(producers).allMatch(MockProducer::closed);
    }

    @Test
    void noMoreLanesThanPartitionsNorThanABrokerHasThreads() {
        assertThat(WritesLanes.countFor(1)).isEqualTo(1);
        assertThat(WritesLanes.countFor(3)).isEqualTo(3);
        assertThat(WritesLanes.countFor(64)).isEqualTo(WritesLanes.LANES_MAX);
    }

    @Test
    void withoutALaneThereAreNone() {
        assertThatThrownBy(() -> new WritesLanes(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
