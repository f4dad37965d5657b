package io.spanlake.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two owners: partitions go from one processor to the other while writes come in. */
@Timeout(180)
class SegmentProcessorHandOverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
    void aProcessorThatJoinsAndOneThatLeavesLoseAndDoubleNothing() throws InterruptedException {
        var first = kit.start();
        kit.await("one has all", PATIENCE, () -> loaded() && first.partitions().size() == 4);
        var second = kit.start();
        kit.await(
                "they share",
                PATIENCE,
                () -> loaded()
                        && second.partitions().size() == 2
                        && first.partitions().size() == 2);
        kit.await("both work", PATIENCE, () -> loaded() && committedBy(second) > 0);
        assertThat(all(first, second)).containsExactlyInAnyOrder(0, 1, 2, 3);

        first.leave();
        kit.await(
                "the other has all",
                PATIENCE,
                () -> loaded() && second.partitions().size() == 4);
        kit.awaitIdle();

        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
    }

    private boolean loaded() {
        kit.log(16);
        return true;
    }

    private static long committedBy(ProcessorUnderTest processor) {
        return processor.outcomes.stream()
                .mapToLong(outcome -> outcome.committed().size())
                .sum();
    }

    private static List<Integer> all(ProcessorUnderTest first, ProcessorUnderTest second) {
        var all = new ArrayList<>(first.partitions());
        all.addAll(second.partitions());
        return all;
    }
}
