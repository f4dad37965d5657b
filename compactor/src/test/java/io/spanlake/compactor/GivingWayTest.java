package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class GivingWayTest {
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final GivingWay way = new GivingWay(new InstantSource() {
        @Override
        public Instant instant() {
            return now;
        }
    });

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void partsAreWrittenAnewWhileNoTailIsBehind() {
        assertThat(way.isOver()).isTrue();

        way.tailTaken(false);

        assertThat(way.isOver()).isTrue();
    }

    @Test
    void theyWaitWhileATailIsMoreThanAJobBehind() {
        way.tailTaken(true);
        assertThat(way.isOver()).isFalse();

        way.tailTaken(false);

        assertThat(way.isOver()).isTrue();
    }

    @Test
    void theyWaitAMinuteAtMostAndThenAgain() {
        for (int i = 0; i < 12; i++) {
            way.tailTaken(true);
            assertThat(way.isOver()).as("after %d s", 5 * i).isFalse();
            pass(Duration.ofSeconds(5));
        }
        way.tailTaken(true);
        assertThat(way.isOver()).isTrue();

        assertThat(way.isOver()).isFalse();
    }

    @Test
    void aTailOfWhichNothingIsHeardHoldsNobodyUp() {
        way.tailTaken(true);
        pass(Duration.ofSeconds(31));

        assertThat(way.isOver()).isTrue();
    }
}
