package io.spanlake.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deaths, zombies and faults: at the end every acknowledged write is there, once. */
@Timeout(120)
class WalStreamerCrashTest {
    private StreamerKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new StreamerKit(folder, 4);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyAcknowledgedWriteIsVisibleOnceAfterADeathAt(FlushStep step) throws InterruptedException {
        var mortal = kit.start("mortal", StreamerKit.properties(), StopAt.death(step, 3));
        while (mortal.death() == null) {
            kit.acknowledge(100);
        }
        assertThat(mortal.awaitEnd()).isTrue();
        kit.acknowledge(100);

        kit.start();
        kit.awaitIdle();

        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
    }

    @Nested
    class WhenAnotherOwnerTookThePartitions {
        @Test
        void theZombieThatWakesLateIsRefusedAndNothingDoubles() {
            var sleep = StopAt.sleep(FlushStep.STORED);
            var zombie = kit.start("zombie", StreamerKit.properties("zombies"), sleep);
            kit.acknowledge(100);
            kit.awaitIdle();
            sleep.arm();
            kit.acknowledge(100);
            sleep.awaitReached();
            kit.acknowledge(100);

            kit.start("heir", StreamerKit.properties("heirs"), Failpoints.NONE);
            kit.awaitIdle();
            int before = zombie.outcomes.size();
            sleep.wake();
            kit.await("the zombie is told", () -> zombie.outcomes.size() > before);

            assertThat(zombie.outcomes.get(before).committed()).isEmpty();
            zombie.close();
            kit.acknowledge(100);
            kit.awaitIdle();
            assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
        }
    }

    @Nested
    class WhenTheCatalogFails {
        @Test
        void aCommitWhoseAnswerWasLostIsNotMadeTwice() {
            var streamer = kit.start();
            kit.acknowledge(100);
            kit.awaitIdle();

            kit.commits.loseNextAnswers(3);
            kit.acknowledge(400);
            kit.awaitIdle();

            kit.await("the answer comes", () -> streamer.count("spanlake.wal.commit.retries") >= 3);
            kit.acknowledge(100);
            kit.awaitIdle();
            assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
        }

        @Test
        void nothingIsLostWhileItIsAwayForSeconds() {
            kit.start();
            kit.acknowledge(100);
            kit.awaitIdle();

            kit.catalogGoesAway();
            for (int i = 0; i < 20; i++) {
                kit.acknowledge(100);
                StreamerKit.rest(Duration.ofMillis(100));
            }
            kit.catalogComesBack();

            kit.awaitIdle();
            assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
        }

        @Test
        void aFlushThatIsGivenUpIsReadAnew() {
            var impatient = StreamerKit.impatient(Duration.ofMillis(500));
            var streamer = kit.start("impatient", impatient, Failpoints.NONE);
            kit.acknowledge(100);
            kit.awaitIdle();

            kit.catalogGoesAway();
            kit.acknowledge(400);
            kit.await(
                    "the flush is given up",
                    () -> streamer.outcomes.stream()
                            .anyMatch(outcome -> !outcome.dropped().isEmpty()));
            kit.acknowledge(100);
            kit.catalogComesBack();

            kit.awaitIdle();
            assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
        }
    }

    @Nested
    class WhenPutsFail {
        @Test
        void eachIsRepeatedUnderANewNameAndNothingOvertakesIt() {
            var streamer = kit.start();
            kit.acknowledge(100);
            kit.awaitIdle();

            kit.blobs.failNext(7);
            kit.acknowledge(400);
            kit.awaitIdle();

            assertThat(streamer.count("spanlake.wal.put.retries")).isEqualTo(7);
            assertThat(kit.blobs.asked()).doesNotHaveDuplicates();
            assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
        }

        @Test
        void aFlushThatIsGivenUpIsReadAnewAndNothingLaterIsCommittedBefore() {
            var streamer = kit.start("impatient", StreamerKit.impatient(Duration.ofMillis(700)), Failpoints.NONE);
            kit.acknowledge(100);
            kit.awaitIdle();

            kit.blobs.failNext(1_000);
            kit.acknowledge(400);
            kit.await(
                    "the flush is given up",
                    () -> streamer.outcomes.stream()
                            .anyMatch(outcome -> !outcome.dropped().isEmpty()));
            kit.acknowledge(100);
            kit.blobs.failNext(0);

            kit.awaitIdle();
            assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
        }
    }
}
