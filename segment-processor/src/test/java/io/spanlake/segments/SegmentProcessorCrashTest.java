package io.spanlake.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

/** Deaths, zombies and faults: at the end every write of the log is processed, once. */
@Timeout(180)
class SegmentProcessorCrashTest {
    private ProcessorKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new ProcessorKit(folder, 4);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyWriteIsProcessedOnceAfterADeathAt(CutStep step) throws InterruptedException {
        var mortal = kit.start("mortal", ProcessorKit.properties(), StopAt.death(step, 2));
        while (mortal.death() == null) {
            kit.log(40);
        }
        assertThat(mortal.awaitEnd()).isTrue();
        mortal.close();
        kit.log(80);

        kit.start();
        kit.awaitIdle();

        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
    }

    @Test
    void aRunThatEndsWithAnErrorIsStartedAnew() throws InterruptedException {
        var mortal = kit.start("mortal", ProcessorKit.properties(), StopAt.everyDeath(CutStep.STORED, 3));
        kit.log(80);
        assertThat(mortal.awaitEnd()).isTrue();

        var runner = mortal.runner();
        runner.startLoop();
        kit.awaitIdle();
        runner.stop(Duration.ofSeconds(10));

        assertThat(mortal.count("spanlake.segments.restarts")).isEqualTo(2);
        assertThat(runner.isRunning()).isFalse();
        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
    }

    @Nested
    class WhenAnotherOwnerTookThePartitions {
        @Test
        void theZombieThatWakesLateIsRefusedAndNothingDoubles() {
            var sleep = StopAt.sleep(CutStep.STORED);
            var zombie = kit.start("zombie", of("zombies"), sleep);
            kit.log(80);
            kit.awaitIdle();
            sleep.arm();
            kit.log(80);
            sleep.awaitReached();
            kit.log(80);

            kit.start("heir", of("heirs"), Failpoints.NONE);
            kit.awaitIdle();
            int before = zombie.outcomes.size();
            sleep.wake();
            kit.await("the zombie is told", () -> zombie.outcomes.size() > before);

            assertThat(zombie.outcomes.get(before).committed()).isEmpty();
            assertThat(zombie.outcomes.get(before).refused()).isNotEmpty();
            zombie.close();
            kit.log(80);
            kit.awaitIdle();
            assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
        }

        private SegmentsProperties of(String application) {
            return ProcessorKit.properties(
                    application, Duration.ofMillis(500), DataSize.ofMegabytes(64), Duration.ofSeconds(30));
        }
    }

    @Nested
    class WhenTheCatalogFails {
        @Test
        void aCommitWhoseAnswerWasLostIsNotMadeTwice() {
            kit.start();
            kit.log(80);
            kit.awaitIdle();

            kit.cuts.loseNextAnswers(2);
            kit.log(80);
            kit.log(80);
            kit.awaitIdle();

            kit.log(80);
            kit.awaitIdle();
            assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
        }
    }

    @Nested
    class WhenPutsFail {
        @Test
        void eachIsRepeatedUnderANewName() {
            var processor = kit.start();
            kit.log(80);
            kit.awaitIdle();

            kit.blobs.failNextProcessed(5);
            kit.log(80);
            kit.awaitIdle();

            assertThat(processor.count("spanlake.segments.put.retries")).isEqualTo(5);
            assertThat(kit.blobs.asked()).doesNotHaveDuplicates();
            assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
        }

        @Test
        void aCutThatIsGivenUpIsMadeAnew() {
            var impatient = ProcessorKit.properties(
                    "impatient", Duration.ofMillis(500), DataSize.ofMegabytes(64), Duration.ofMillis(700));
            var processor = kit.start("impatient", impatient, Failpoints.NONE);
            kit.log(80);
            kit.awaitIdle();

            kit.blobs.failNextProcessed(1_000);
            kit.log(80);
            kit.await(
                    "the cut is given up",
                    () -> processor.outcomes.stream()
                            .anyMatch(outcome -> !outcome.failed().isEmpty()));
            kit.blobs.failNextProcessed(0);

            kit.awaitIdle();
            assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
        }
    }

    @Nested
    class WhenTheStoreIsAway {
        @Test
        void nothingIsGivenUpForLost() {
            var processor = kit.start();
            kit.log(80);
            kit.awaitIdle();

            kit.blobs.away(true);
            kit.log(80);
            kit.await(
                    "the cut failed twice",
                    () -> processor.outcomes.stream()
                                    .filter(outcome -> !outcome.failed().isEmpty())
                                    .count()
                            >= 2);
            kit.blobs.away(false);
            kit.awaitIdle();

            assertThat(processor.count("spanlake.segments.sections.missing")).isZero();
            assertThat(processor.count("spanlake.segments.sections.rebuilt")).isZero();
            assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
        }
    }

    @Test
    void aStopFinishesItsCutAndTheNextProcessorGoesOn() throws InterruptedException {
        var first = kit.start();
        kit.log(80);
        kit.await("it works", () -> !first.outcomes.isEmpty());
        kit.log(0, Map.of(0, kit.fulls(0, 5, 100)));
        first.leave();
        kit.log(80);

        kit.start();
        kit.awaitIdle();

        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
    }
}
