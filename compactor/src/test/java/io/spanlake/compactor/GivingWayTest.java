package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class GivingWayTest {
    private static final ObjectRef OBJECT =
            new ObjectRef(ObjectType.PROJECT_LOGS, "00000000-0000-0000-0000-000000000001");

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

    private void tailTaken(boolean left) {
        way.tailTaken(OBJECT, left);
    }

    @Test
    void partsAreWrittenAnewWhileNoTailIsBehind() {
        assertThat(way.isOver()).isTrue();

        tailTaken(false);

        assertThat(way.isOver()).isTrue();
    }

    @Test
    void theyWaitWhileATailIsMoreThanAJobBehind() {
        tailTaken(true);
        assertThat(way.isOver()).isFalse();

        tailTaken(false);

        assertThat(way.isOver()).isTrue();
    }

    @Test
    void theyWaitWhicheverTailIsBehind() {
        tailTaken(true);

        way.tailTaken(new ObjectRef(ObjectType.DATASET, OBJECT.id()), false);

        assertThat(way.isOver()).isFalse();
    }

    @Test
    void theyWaitAMinuteAtMostAndHaveATurnThen() {
        waitFor(Duration.ofMinutes(1), false);
        waitFor(Duration.ofSeconds(30), true);
        waitFor(Duration.ofMinutes(1), false);
        waitFor(Duration.ofSeconds(30), true);
    }

    private void waitFor(Duration time, boolean over) {
        for (long at = 0; at < time.toSeconds(); at += 5) {
            tailTaken(true);
            assertThat(way.isOver()).as("after %d s", at).isEqualTo(over);
            pass(Duration.ofSeconds(5));
        }
    }

    @Test
    void aTailOfWhichNothingIsHeardHoldsNobodyUp() {
        tailTaken(true);
        pass(Duration.ofSeconds(31));

        assertThat(way.isOver()).isTrue();
    }
}
