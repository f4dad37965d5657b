package io.spanlake.segments.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CutPlannerTest {
    private static final CutLimits LIMITS = new CutLimits(Duration.ofSeconds(10), 1_000);
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void nothingIsCutWhileNothingWaits() {
        assertThat(plan()).isEmpty();
    }

    @Test
    void nothingIsCutBeforeItsTime() {
        assertThat(plan(waiting(0, 999, 9))).isEmpty();
    }

    @Test
    void aPartitionIsCutWhenItsOldestWriteHasWaitedLongEnough() {
        assertThat(plan(waiting(0, 1, 10))).containsExactly(0);
    }

    @Test
    void aPartitionWithManyBytesIsCutAtOnce() {
        assertThat(plan(waiting(0, 1_000, 0))).containsExactly(0);
    }

    @Nested
    class WhenOneIsDue {
        @Test
        void thoseThatHaveWaitedHalfAsLongRideAlong() {
            assertThat(plan(waiting(0, 10, 4), waiting(1, 10, 5), waiting(2, 10, 12)))
                    .containsExactly(2, 1);
        }

        @Test
        void theOldestComesFirst() {
            assertThat(plan(waiting(0, 10, 11), waiting(1, 10, 13), waiting(2, 10, 12)))
                    .containsExactly(1, 2, 0);
        }

        @Test
        void noMoreIsTakenThanFits() {
            assertThat(plan(waiting(0, 600, 13), waiting(1, 600, 12), waiting(2, 300, 11)))
                    .containsExactly(0, 2);
        }

        @Test
        void theOldestIsTakenHoweverLargeItIs() {
            assertThat(plan(waiting(0, 5_000, 11), waiting(1, 1, 10))).containsExactly(0);
        }
    }

    @Nested
    class WhenOneFailedTheLastTime {
        @Test
        void itIsCutAlone() {
            assertThat(plan(failed(0, 10, 13), waiting(1, 10, 12))).containsExactly(0);
        }

        @Test
        void theOthersAreCutWithoutIt() {
            assertThat(plan(failed(0, 10, 11), waiting(1, 10, 12), waiting(2, 10, 10)))
                    .containsExactly(1, 2);
        }
    }

    private static List<Integer> plan(Waiting... waiting) {
        return CutPlanner.plan(List.of(waiting), LIMITS, NOW);
    }

    private static Waiting waiting(int partition, long bytes, int seconds) {
        return new Waiting(partition, bytes, NOW.minusSeconds(seconds), false);
    }

    private static Waiting failed(int partition, long bytes, int seconds) {
        return new Waiting(partition, bytes, NOW.minusSeconds(seconds), true);
    }
}
