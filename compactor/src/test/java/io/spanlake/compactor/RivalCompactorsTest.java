package io.spanlake.compactor;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two compactors on one object: one is stopped at a step, for as long as the other likes, and then goes on as if nothing was. */
class RivalCompactorsTest {
    private CompactorKit kit;

    @BeforeEach
    void aPartAndATail(@TempDir Path folder) {
        kit = new CompactorKit(folder);
        kit.append(
                kit.full("a", "t1", "{\"id\":\"a\",\"root_span_id\":\"t1\",\"input\":\"x\"}"),
                kit.full("b", "t1", "{\"id\":\"b\",\"root_span_id\":\"t1\",\"input\":\"y\"}"));
        kit.cut();
        kit.compactor().compactOne();
        kit.append(
                kit.merge("a", "{\"id\":\"a\",\"_is_merge\":true,\"output\":\"z\"}"),
                kit.delete("b"),
                kit.full("c", "t2", "{\"id\":\"c\",\"root_span_id\":\"t2\"}"),
                kit.merge("d", "{\"id\":\"d\",\"_is_merge\":true,\"tags\":[\"late\"]}"));
        kit.cut();
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @ParameterizedTest
    @EnumSource
    void whoWakesAfterAnotherDidItsWorkChangesNothing(CompactionStep step) {
        compactWhile(step, () -> {
            kit.expireLeases();
            kit.compactUntilIdle();
        });

        kit.assertEverythingIsThereOnce();
    }

    @ParameterizedTest
    @EnumSource
    void whoWakesAfterAnotherWentOnWithNewWritesChangesNothing(CompactionStep step) {
        compactWhile(step, () -> {
            kit.append(
                    kit.merge("a", "{\"id\":\"a\",\"_is_merge\":true,\"output\":\"newer\"}"),
                    kit.full("b", "t3", "{\"id\":\"b\",\"root_span_id\":\"t3\",\"input\":\"again\"}"),
                    kit.delete("c"));
            kit.cut();
            kit.closeEverything();
            kit.compactUntilIdle();
        });

        kit.assertEverythingIsThereOnce();
    }

    @ParameterizedTest
    @EnumSource
    void whoWakesWhenItsInputsAreDeletedChangesNothing(CompactionStep step) {
        compactWhile(step, () -> {
            kit.closeEverything();
            kit.compactUntilIdle();
            kit.sweeper(Duration.ofDays(1)).sweepRetired();
        });

        kit.assertEverythingIsThereOnce();
    }

    @ParameterizedTest
    @EnumSource
    void whoWakesWhenItsOutputsWereGivenUpAsOrphansPublishesNothingOfThem(CompactionStep step) {
        compactWhile(step, () -> kit.sweeper(Duration.ZERO).sweepOrphans());

        kit.assertEverythingIsThereOnce();
    }

    private void compactWhile(CompactionStep step, Runnable meanwhile) {
        kit.compactor(reached -> {
                    if (reached == step) {
                        meanwhile.run();
                    }
                })
                .compactOne();
    }
}
