package io.spanlake.compactor;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same reads over the log, processed sections, parts and merged parts, and any mix of them, while rows are changed,
 * deleted, written anew, moved between traces, late, and patched by their id alone: each answers as a fold of all writes.
 */
class LayoutInvarianceTest {
    private static final int STEPS = 30;
    private static final int LATE_SECONDS_MAX = 20;
    private static final List<String> ROWS =
            IntStream.range(0, 9).mapToObj(row -> "r" + row).toList();
    /** A row without trace is a trace that is called as it is. */
    private static final List<String> TRACES =
            Stream.concat(Stream.of("t0", "t1", "t2"), ROWS.stream()).toList();

    private int unique;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void everyLayoutAnswersTheSame(long seed, @TempDir Path folder) {
        var random = new Random(seed);
        try (var kit = new CompactorKit(folder);
                var readers = new Readers(kit)) {
            var history = new ArrayList<String>();
            for (int step = 0; step < STEPS; step++) {
                history.add(oneStep(kit, random));
                readers.see(ROWS, TRACES, random, "seed %d after %s".formatted(seed, history));
            }
            kit.cut();
            kit.closeEverything();
            kit.compactUntilIdle();
            readers.see(ROWS, TRACES, random, "seed %d at the end".formatted(seed));
        }
    }

    @Test
    void aTailThatIsTooLargeForAViewAnswersTheSame(@TempDir Path folder) {
        var random = new Random(5);
        try (var kit = new CompactorKit(folder);
                var readers = new Readers(kit)) {
            for (int part = 0; part < 3; part++) {
                kit.append(writes(kit, random, 12));
                kit.cut();
                kit.closeEverything();
                kit.compactUntilIdle();
            }
            kit.append(writes(kit, random, 8));
            kit.cut();
            kit.append(writes(kit, random, 8));
            kit.append(IntStream.range(0, 6_000)
                    .mapToObj(i -> kit.full("filler-" + i, "filler", "{\"id\":\"filler-%d\"}".formatted(i)))
                    .toList());
            kit.append(writes(kit, random, 8));

            readers.seeWithoutView(ROWS, TRACES, "a large tail over parts");
        }
    }

    private String oneStep(CompactorKit kit, Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> {
                kit.append(writes(kit, random, 1 + random.nextInt(4)));
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

    private List<Write> writes(CompactorKit kit, Random random, int count) {
        return Stream.generate(() -> write(kit, random)).limit(count).toList();
    }

    private Write write(CompactorKit kit, Random random) {
        String row = ROWS.get(random.nextInt(ROWS.size()));
        int value = random.nextInt(1_000);
        var write = switch (random.nextInt(8)) {
            case 0, 1, 2 -> span(kit, row, "t" + random.nextInt(3), value);
            case 3, 4 -> kit.merge(row, patch(row, value));
            case 5 -> alone(kit, row, value);
            case 6 -> comment(kit, row, value);
            default -> kit.delete(row);
        };
        return random.nextInt(4) == 0 ? late(kit, write, random) : write;
    }

    private static Write span(CompactorKit kit, String row, String trace, int value) {
        return kit.full(
                row,
                trace,
                "{\"id\":\"%s\",\"root_span_id\":\"%s\",\"input\":\"text %d\",\"metrics\":{\"start\":%d}}"
                        .formatted(row, trace, value, 1_770_000_000 + value));
    }

    private static String patch(String row, int value) {
        return "{\"id\":\"%s\",\"_is_merge\":true,\"metadata\":{\"k%d\":%d}}".formatted(row, value % 3, value);
    }

    /** A full row that names no trace. */
    private static Write alone(CompactorKit kit, String row, int value) {
        var full = kit.full(row, "none", "{\"id\":\"%s\",\"input\":%d}".formatted(row, value));
        return new Write(full.object(), row, Optional.empty(), full.stamp(), WriteKind.FULL, full.json());
    }

    private static Write comment(CompactorKit kit, String row, int value) {
        var patch = kit.merge(
                row,
                "{\"id\":\"c%d\",\"origin\":{\"id\":\"%s\"},\"comment\":{\"text\":\"well %d\"}}"
                        .formatted(value % 2, row, value));
        return new Write(patch.object(), row, Optional.empty(), patch.stamp(), WriteKind.COMMENT, patch.json());
    }

    /** The same, sent some seconds ago by a clock that nobody else has. */
    private Write late(CompactorKit kit, Write write, Random random) {
        long seconds = kit.now().getEpochSecond() - random.nextInt(LATE_SECONDS_MAX);
        var stamp = new Stamp(TransactionId.of(seconds, 100 + unique++ % 60_000), 0);
        return new Write(
                write.object(),
                write.rowId(),
                write.traceId(),
                stamp,
                write.kind(),
                ByteSlice.of(write.json().toArray()));
    }
}
