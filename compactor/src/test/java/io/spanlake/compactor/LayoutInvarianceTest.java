package io.spanlake.compactor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same reads over the log, processed sections, parts and merged parts, and any mix of them: each answers as a fold of all
 * writes.
 */
class LayoutInvarianceTest {
    private static final int STEPS = 30;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void everyLayoutAnswersTheSame(long seed, @TempDir Path folder) {
        var random = new Random(seed);
        try (var kit = new CompactorKit(folder);
                var readers = new Readers(kit)) {
            var history = RandomHistory.odd(kit, random);
            var steps = new ArrayList<String>();
            for (int step = 0; step < STEPS; step++) {
                steps.add(history.oneStep());
                readers.see(
                        RandomHistory.ROWS, RandomHistory.TRACES, random, "seed %d after %s".formatted(seed, steps));
            }
            kit.cut();
            kit.closeEverything();
            kit.compactUntilIdle();
            readers.see(RandomHistory.ROWS, RandomHistory.TRACES, random, "seed %d at the end".formatted(seed));
        }
    }

    @Test
    void aTailThatIsTooLargeForAViewAnswersTheSame(@TempDir Path folder) {
        try (var kit = new CompactorKit(folder);
                var readers = new Readers(kit)) {
            var history = new RandomHistory(kit, new Random(5));
            for (int part = 0; part < 3; part++) {
                kit.append(history.writes(12));
                kit.cut();
                kit.closeEverything();
                kit.compactUntilIdle();
            }
            kit.append(history.writes(8));
            kit.cut();
            kit.append(history.writes(8));
            kit.append(IntStream.range(0, 6_000)
                    .mapToObj(i -> kit.full("filler-" + i, "filler", "{\"id\":\"filler-%d\"}".formatted(i)))
                    .toList());
            kit.append(history.writes(8));

            readers.seeWithoutView(RandomHistory.ROWS, RandomHistory.TRACES, "a large tail over parts");
        }
    }
}
