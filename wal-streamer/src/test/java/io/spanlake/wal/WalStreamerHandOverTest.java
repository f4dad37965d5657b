package io.spanlake.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Partitions go from one streamer to another while writes come in. */
@Timeout(120)
class WalStreamerHandOverTest {
    private static final int PARTITIONS = 4;
    private StreamerKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new StreamerKit(folder, PARTITIONS);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void aStreamerThatJoinsTakesPartitionsOverWithoutWaitingForTimeOuts() {
        var first = kit.start();
        kit.acknowledge(100);
        kit.awaitIdle();

        var began = Instant.now();
        var second = kit.start();
        loadUntil(() -> !second.outcomes.isEmpty());
        kit.awaitIdle();

        assertThat(first.meters.get("spanlake.wal.handover").timer().max(TimeUnit.MILLISECONDS))
                .isLessThan(1_000);
        assertThat(longestStillstand(began)).isLessThan(Duration.ofSeconds(2));
        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
        assertRangesFollowOneAnother();
    }

    @Test
    void aStreamerThatLeavesHandsEverythingOver() throws InterruptedException {
        var first = kit.start();
        var second = kit.start();
        loadUntil(() -> !first.outcomes.isEmpty() && !second.outcomes.isEmpty());

        var began = Instant.now();
        first.leave();
        int before = second.outcomes.size();
        loadUntil(() -> ownersOf(second, before) == PARTITIONS);
        kit.awaitIdle();

        assertThat(longestStillstand(began)).isLessThan(Duration.ofSeconds(2));
        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
        assertRangesFollowOneAnother();
    }

    private void loadUntil(BooleanSupplier holds) {
        kit.await("the load is over", () -> {
            kit.acknowledge(40);
            return holds.getAsBoolean();
        });
        kit.acknowledge(100);
    }

    private static long ownersOf(StreamerUnderTest streamer, int since) {
        return streamer.outcomes.subList(since, streamer.outcomes.size()).stream()
                .flatMap(outcome -> outcome.committed().stream())
                .map(range -> range.claim().partition())
                .distinct()
                .count();
    }

    private Duration longestStillstand(Instant since) {
        return kit.streamers().stream()
                .map(streamer -> streamer.longestWait(since))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private void assertRangesFollowOneAnother() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            long expected = 0;
            for (var range : committed(partition)) {
                assertThat(range[0]).isEqualTo(expected);
                expected = range[1];
            }
            assertThat(expected)
                    .isEqualTo(Objects.requireNonNull(kit.endOffsets().get(partition)));
        }
    }

    private List<long[]> committed(int partition) {
        return kit.streamers().stream()
                .flatMap(streamer -> streamer.outcomes.stream())
                .flatMap(outcome -> outcome.committed().stream())
                .filter(range -> range.claim().partition() == partition)
                .map(range -> new long[] {range.first(), range.next()})
                .sorted(Comparator.comparingLong(range -> range[0]))
                .toList();
    }
}
