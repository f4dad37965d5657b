package io.spanlake.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.LogOffset;
import io.spanlake.model.WriteKind;
import io.spanlake.segments.ProcessorKit.ProcessedState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The way of a write from the log to its segment, over a real broker, a real catalog and a real folder. */
@Timeout(180)
class SegmentProcessorTest {
    private ProcessorKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new ProcessorKit(folder, 4);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void everyWriteIsProcessedOnce() {
        kit.log(400);
        kit.start();
        kit.log(400);
        kit.awaitIdle();
        kit.log(400);

        kit.awaitIdle();

        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
    }

    @Test
    void whoAsksDoesNotWaitForAgeOrSize() {
        var hours = new SegmentsProperties(
                "spanlake-segment-processor",
                Duration.ofHours(5),
                DataSize.ofMegabytes(64),
                Duration.ofMinutes(1),
                Duration.ofHours(5),
                DataSize.ofMegabytes(256),
                200_000,
                Duration.ofMinutes(10),
                DataSize.ofMegabytes(64),
                10_000,
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10));
        var processor = kit.start("patient", hours, Failpoints.NONE);
        kit.log(400);

        processor.cutNow(kit).everything().block(Duration.ofSeconds(60));

        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
    }

    @Test
    void theWritesOfARowAreFoldedWithinACut() {
        var start = kit.write(0, "r", "t", WriteKind.FULL, 10);
        var end = kit.write(0, "r", "t", WriteKind.MERGE, 10);
        kit.log(0, Map.of(0, List.of(start)));
        kit.log(0, Map.of(0, List.of(end)));
        kit.start();

        kit.awaitIdle();

        assertThat(kit.states()).singleElement().returns("r", ProcessedState::row);
        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
    }

    @Test
    void aTraceStaysInItsSegmentOverCutsAndOverLosingAllMemory() throws InterruptedException {
        var first = kit.start();
        kit.log(1, Map.of(0, List.of(kit.write(0, "a", "t", WriteKind.FULL, 10))));
        kit.awaitIdle();
        kit.log(1, Map.of(0, List.of(kit.write(0, "b", "t", WriteKind.FULL, 10))));
        kit.awaitIdle();
        first.leave();

        kit.start();
        kit.log(1, Map.of(0, List.of(kit.write(0, "c", "t", WriteKind.FULL, 10))));
        kit.awaitIdle();

        assertThat(kit.states()).extracting(ProcessedState::row).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(kit.states().stream().map(ProcessedState::segment).distinct())
                .hasSize(1);
    }

    @Test
    void aSegmentHasRowsOfOneObjectAndOnePartition() {
        kit.start();
        kit.log(400);
        kit.awaitIdle();

        var homes = kit.states().stream().collect(Collectors.groupingBy(ProcessedState::segment, Collectors.toSet()));
        assertThat(homes.values())
                .allSatisfy(states -> assertThat(states.stream()
                                .map(state -> state.object() + " " + state.partition())
                                .distinct())
                        .hasSize(1));
    }

    @Test
    void offsetsWithoutWritesArePassed() {
        kit.start();
        kit.logNothing(2);

        kit.awaitIdle();

        assertThat(kit.processed(2)).isEqualTo(new LogOffset(1, 1));
        assertThat(kit.listed()).isEmpty();
    }

    @Test
    void aWriteWhoseEventWasLostIsFoundALittleLater() {
        kit.start();
        kit.log(80);
        kit.awaitIdle();

        kit.logSilently(3, Map.of(0, kit.fulls(0, 5, 100)));

        kit.awaitIdle();
        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
    }

    @Test
    void aLogThatWasCutOffGoesOnInItsNextIncarnation() {
        kit.log(80);
        kit.newIncarnation(1);
        kit.log(80);
        kit.start();
        kit.awaitIdle();
        kit.newIncarnation(1);
        kit.log(80);

        kit.awaitIdle();

        assertThat(kit.processed(1).incarnation()).isEqualTo(3);
        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
    }

    @Test
    void partitionsThatAreCutTogetherShareABlobOfTheirOrganization() {
        kit.log(400);
        kit.start();

        kit.awaitIdle();

        // One of each organization where all were due together; a partition that Kafka gave us later has its own.
        assertThat(kit.listed()).hasSizeBetween(2, 8);
        assertThat(new HashSet<>(kit.listed())).hasSameSizeAs(kit.listed());
    }

    @Test
    void memoryIsBoundedHoweverMuchWaits() {
        var small = ProcessorKit.properties(
                "small", Duration.ofMillis(100), DataSize.ofMegabytes(1), Duration.ofSeconds(30));
        for (int i = 0; i < 80; i++) {
            kit.log(i % 4, Map.of(0, kit.fulls(0, 2, 100_000)));
        }

        var processor = kit.start("small", small, Failpoints.NONE);
        kit.awaitIdle();

        var cuts = processor.meters.get("spanlake.segments.cut.size").summary();
        assertThat(cuts.max()).isLessThan(1_400_000);
        assertThat(cuts.count()).isGreaterThanOrEqualTo(12);
        assertThat(processor.gauge("spanlake.segments.buffer")).isZero();
        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
    }

    @Test
    void anIdleProcessorAsksTheCatalogNothingButPositions() {
        kit.log(80);
        kit.start();
        kit.awaitIdle();
        ProcessorKit.rest(Duration.ofMillis(500));
        int before = kit.cuts.questions.get();

        ProcessorKit.rest(Duration.ofSeconds(3));

        assertThat(kit.cuts.questions.get()).isEqualTo(before);
    }
}
