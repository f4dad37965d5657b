package io.spanlake.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.WalPosition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Acknowledged records are missing in Kafka: that partition stands still until a person has seen it, the others go on. */
@Timeout(120)
class WalStreamerGapTest {
    private StreamerKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new StreamerKit(folder, 2);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void whatRetentionRemovedUnreadStopsThePartitionUntilItIsRepaired() throws InterruptedException {
        var first = kit.start();
        var before = new ArrayList<>(kit.acknowledge(100));
        kit.awaitIdle();
        first.leave();
        long committed = position(0).offset();
        kit.acknowledge(0, 0, 5, 100);
        kit.acknowledge(0, 0, 5, 100);
        var after = new ArrayList<>(kit.acknowledge(0, 0, 5, 100));
        after.addAll(kit.acknowledge(1, 0, 5, 100));
        removeBefore(0, committed + 2);

        var second = kit.start();
        kit.awaitIdle(1);
        kit.await("partition 0 is stopped", () -> position(0).stopped().isPresent());

        assertThat(position(0).stopped().orElseThrow())
                .contains("[%d, %d) are missing".formatted(committed, committed + 2));
        assertThat(position(1).stopped()).isEmpty();
        kit.await("the meter says so", () -> stopped(second, 0) == 1);
        assertThat(stopped(second, 1)).isZero();

        var gap = Objects.requireNonNull(
                kit.commits.repair(0, committed + 2, "retention").block());
        kit.awaitIdle(0);

        assertThat(gap.first()).isEqualTo(committed);
        assertThat(gap.next()).isEqualTo(committed + 2);
        assertThat(position(0).incarnation()).isEqualTo(2);
        assertThat(stopped(second, 0)).isZero();
        before.addAll(after);
        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void aLogThatWasMadeAnewStopsThePartitionAndIsReadAfterItsRepair() throws InterruptedException {
        var first = kit.start();
        var rows = new ArrayList<>(kit.acknowledge(100));
        kit.awaitIdle();
        first.leave();

        kit.broker().deleteTopic(kit.topic);
        kit.createTopicAnew();
        rows.addAll(kit.acknowledge(0, 0, 5, 100));
        kit.start();
        kit.await(
                "both partitions are stopped",
                () -> kit.positions().values().stream()
                        .allMatch(position -> position.stopped().isPresent()));

        assertThat(position(0).stopped().orElseThrow()).contains("the topic was made anew");
        kit.commits.repair(0, 0, "made anew").block();
        kit.commits.repair(1, 0, "made anew").block();
        kit.awaitIdle();
        rows.addAll(kit.acknowledge(1, 0, 5, 100));
        kit.awaitIdle();

        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void aLogThatWasMadeAnewAndFilledBeyondTheOldOffsetIsNotTakenForTheOldOne() throws InterruptedException {
        var first = kit.start();
        var rows = new ArrayList<>(kit.acknowledge(0, 0, 5, 100));
        kit.awaitIdle();
        first.leave();
        long committed = position(0).offset();

        kit.broker().deleteTopic(kit.topic);
        kit.createTopicAnew();
        for (long sent = 0; sent <= committed; sent++) {
            rows.addAll(kit.acknowledge(0, 0, 5, 100));
        }
        kit.start();
        kit.await(
                "both partitions are stopped",
                () -> kit.positions().values().stream()
                        .allMatch(position -> position.stopped().isPresent()));

        assertThat(position(0).stopped().orElseThrow()).contains("the topic was made anew");
        assertThat(position(0).offset()).isEqualTo(committed);
        kit.commits.repair(0, 0, "made anew").block();
        kit.commits.repair(1, 0, "made anew").block();
        kit.awaitIdle();

        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void aLogThatIsMadeAnewUnderItsReaderStopsThePartition() {
        kit.start();
        var rows = new ArrayList<>(kit.acknowledge(100));
        kit.awaitIdle();

        kit.broker().deleteTopic(kit.topic);
        kit.createTopicAnew();
        kit.await(
                "both partitions are stopped",
                Duration.ofSeconds(60),
                () -> kit.positions().values().stream()
                        .allMatch(position -> position.stopped().isPresent()));
        kit.commits.repair(0, 0, "made anew").block();
        kit.commits.repair(1, 0, "made anew").block();
        rows.addAll(kit.acknowledge(100));
        kit.awaitIdle();

        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void aHoleUnderTheReaderIsFoundWhileItReads() {
        // What a full buffer keeps in Kafka is removed there before it is read.
        var streamer = kit.start(
                "slow", StreamerKit.sized(DataSize.ofKilobytes(64), DataSize.ofKilobytes(64)), Failpoints.NONE);
        kit.acknowledge(100);
        kit.awaitIdle();
        kit.blobs.slow(Duration.ofSeconds(2));
        var sent = new ArrayList<List<String>>();
        for (int i = 0; i < 60; i++) {
            sent.add(kit.acknowledge(0, 0, 1, 200_000 + i));
        }
        long end = Objects.requireNonNull(kit.endOffsets().get(0));

        removeBefore(0, end - 1);
        kit.blobs.slow(Duration.ZERO);

        kit.await("partition 0 is stopped", () -> position(0).stopped().isPresent());
        assertThat(position(0).stopped().orElseThrow()).contains("are missing");
        kit.await("the meter says so", () -> stopped(streamer, 0) == 1);
        long committed = position(0).offset();
        kit.commits.repair(0, end - 1, "retention").block();
        kit.awaitIdle();
        long visible = kit.visibleWrites().stream()
                .filter(row -> sent.stream().anyMatch(rows -> rows.contains(row)))
                .count();
        assertThat(visible).isEqualTo(60 - (end - 1 - committed));
    }

    private WalPosition position(int partition) {
        return Objects.requireNonNull(kit.positions().get(partition));
    }

    private static double stopped(StreamerUnderTest streamer, int partition) {
        return streamer.meters
                .get("spanlake.partition.stopped")
                .tag("partition", Integer.toString(partition))
                .gauge()
                .value();
    }

    /** As retention does. */
    private void removeBefore(int partition, long offset) {
        try (var admin = kit.admin()) {
            var records = Map.of(new TopicPartition(kit.topic, partition), RecordsToDelete.beforeOffset(offset));
            StreamerKit.get(admin.deleteRecords(records).all());
        }
    }
}
