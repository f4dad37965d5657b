package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.parts.LivePart;
import io.spanlake.model.Write;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private static final int ROWS = 7;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyLayoutHoldsWhatWasWritten(long seed, @TempDir Path folder) {
        var random = new Random(seed);
        try (var kit = new CompactorKit(folder)) {
            var history = new ArrayList<String>();
            for (int step = 0; step < STEPS; step++) {
                history.add(oneStep(kit, random));

                assertThat(kit.visible()).as("seed %d after %s", seed, history).isEqualTo(kit.expected());
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

    private static String oneStep(CompactorKit kit, Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> {
                kit.append(writes(kit, random));
                yield "append";
            }
            case 4, 5 -> {
                kit.cut();
                yield "cut";
            }
            case 6, 7 -> {
                kit.compactor().compactOne();
                yield "compact";
            }
            case 8 -> {
                kit.closeEverything();
                yield "close";
            }
            default -> {
                var steps = List.of(CompactionStep.values());
                var step = steps.get(random.nextInt(steps.size()));
                kit.compactAndDieAt(step);
                kit.expireLeases();
                yield "die at " + step;
            }
        };
    }

    private static List<Write> writes(CompactorKit kit, Random random) {
        var writes = new ArrayList<Write>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            writes.add(write(kit, random));
        }
        return writes;
    }

    private static Write write(CompactorKit kit, Random random) {
        String row = "r" + random.nextInt(ROWS);
        int value = random.nextInt(1_000);
        return switch (random.nextInt(6)) {
            case 0, 1, 2 -> {
                String trace = "t" + random.nextInt(3);
                yield kit.full(
                        row,
                        trace,
                        "{\"id\":\"%s\",\"root_span_id\":\"%s\",\"input\":\"text %d\",\"metrics\":{\"start\":%d}}"
                                .formatted(row, trace, value, 1_770_000_000 + value));
            }
            case 3, 4 ->
                kit.merge(
                        row,
                        "{\"id\":\"%s\",\"_is_merge\":true,\"metadata\":{\"k%d\":%d}}"
                                .formatted(row, value % 3, value));
            default -> kit.delete(row);
        };
    }
}
