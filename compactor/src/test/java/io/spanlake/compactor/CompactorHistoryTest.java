package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.parts.LivePart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of few rows: written, cut, compacted, merged, killed at some step, in any order. After each step readers
 * see what all writes fold to, from wherever it lies, and no row lives twice.
 */
class CompactorHistoryTest {
    private static final int STEPS = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyLayoutHoldsWhatWasWritten(long seed, @TempDir Path folder) {
        try (var kit = new CompactorKit(folder)) {
            var history = new RandomHistory(kit, new Random(seed));
            var steps = new ArrayList<String>();
            for (int step = 0; step < STEPS; step++) {
                steps.add(history.oneStep());

                assertThat(kit.visible()).as("seed %d after %s", seed, steps).isEqualTo(kit.expected());
            }
            kit.cut();
            kit.closeEverything();
            kit.compactUntilIdle();

            var end = kit.snapshot();
            assertThat(kit.visible()).as("seed %d at the end", seed).isEqualTo(kit.expected());
            assertThat(end.sections()).isEmpty();
            assertThat(end.parts().stream().mapToLong(LivePart::liveRows).sum())
                    .isEqualTo(kit.expected().size());
        }
    }
}
