package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.work.CompactionLane;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Write;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Parts are written anew, and at some step of it the tail of their object becomes parts too. */
class RewriteBesideTailTest {
    private static final int PARTS = 3;

    private CompactorKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new CompactorKit(folder);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    /** Parts that are due to be merged. */
    private void someParts() {
        for (int part = 0; part < PARTS; part++) {
            int first = 10 * part;
            kit.append(IntStream.range(first, first + 5)
                    .mapToObj(row -> span(row, "old-" + row))
                    .toList());
            kit.cut();
            kit.compactor().compactOne(CompactionLane.TAIL);
        }
        assertThat(kit.snapshot().parts()).hasSize(PARTS);
    }

    private Write span(int row, String input) {
        return kit.full("r" + row, "t" + row % 7, json(row, input));
    }

    private static String json(int row, String input) {
        return "{\"id\":\"r%d\",\"root_span_id\":\"t%d\",\"input\":\"%s\"}".formatted(row, row % 7, input);
    }

    /** Of each part: a row is patched, one deleted, one replaced, one deleted and written again. */
    private void theTailIsIndexed() {
        for (int part = 0; part < PARTS; part++) {
            int row = 10 * part;
            kit.append(
                    kit.merge("r" + row, "{\"id\":\"r%d\",\"_is_merge\":true,\"output\":\"z\"}".formatted(row)),
                    kit.delete("r" + (row + 1)),
                    span(row + 2, "new"),
                    kit.delete("r" + (row + 3)),
                    span(row + 3, "again"),
                    span(100 + row, "first"));
        }
        kit.cut();
        assertThat(kit.compactor().compactOne(CompactionLane.TAIL)).isTrue();
    }

    private void rewriteWhile(CompactionStep step, Runnable meanwhile) {
        var once = new AtomicBoolean(true);
        kit.compactor(reached -> {
                    if (reached == step && once.getAndSet(false)) {
                        meanwhile.run();
                    }
                })
                .compactOne(CompactionLane.REWRITE);
    }

    private List<LivePart> merged() {
        return kit.snapshot().parts().stream()
                .filter(part -> part.file().level() == 1)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"LEASED", "PUBLISHED", "LOG_RETIRED"})
    void whatDiesInAPartWhileItIsMergedIsDeadInWhatComesOfIt(CompactionStep step) {
        someParts();

        rewriteWhile(step, this::theTailIsIndexed);

        assertThat(merged()).as("not merged in vain").singleElement().satisfies(part -> {
            assertThat(part.file().rows()).isEqualTo(15);
            assertThat(part.liveRows()).isEqualTo(3);
        });
        kit.assertEverythingIsThereOnce();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"LEASED", "PUBLISHED", "LOG_RETIRED"})
    void theTailMayBePublishedMoreThanOnceMeanwhile(CompactionStep step) {
        someParts();

        rewriteWhile(step, () -> {
            theTailIsIndexed();
            theTailIsIndexed();
        });

        assertThat(merged()).hasSize(1);
        kit.assertEverythingIsThereOnce();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"LEASED", "PUBLISHED", "LOG_RETIRED"})
    void soItIsWithVersions(CompactionStep step, @TempDir Path other) {
        kit.close();
        kit = new CompactorKit(other, ObjectType.PROMPT);
        someParts();

        rewriteWhile(step, this::theTailIsIndexed);

        assertThat(merged()).as("not merged in vain").hasSize(1);
        kit.assertEverythingIsThereOnce();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"LEASED", "PLANNED", "PUBLISHED", "LOG_RETIRED"})
    void whatIsKeptNoLongerAndDiesMeanwhileGoesOnce(CompactionStep step) {
        someParts();
        // Each write takes a second: the first two of the first part are older.
        kit.keepFor(Duration.ofSeconds(12));

        rewriteWhile(step, this::theTailIsIndexed);

        assertThat(merged())
                .as("not merged in vain")
                .singleElement()
                .satisfies(part -> assertThat(part.file().rows()).isEqualTo(13));
        assertThat(kit.partRows()).doesNotContainKeys("r0", "r1");
    }

    @Test
    void bytesOfARowThatWasDeletedWhileItsPartWasMergedGoAsThoseOfOthers() {
        someParts();

        rewriteWhile(CompactionStep.PARTS_STORED, this::theTailIsIndexed);
        assertThat(kit.partLines()).as("still there").anyMatch(line -> line.contains("old-1\""));
        kit.closeEverything();
        kit.compactUntilIdle();

        assertThat(kit.partLines()).noneMatch(line -> line.contains("old-1\""));
        kit.assertEverythingIsThereOnce();
    }

    @Test
    void whoWakesWhenItsInputsWereMergedByAnotherChangesNothing() {
        someParts();

        rewriteWhile(CompactionStep.PARTS_STORED, () -> {
            kit.expireLeases();
            assertThat(kit.compactor().compactOne(CompactionLane.REWRITE)).isTrue();
            theTailIsIndexed();
        });

        assertThat(merged()).hasSize(1);
        kit.assertEverythingIsThereOnce();
    }
}
