package io.spanlake.benchmarks.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private final WarmUp warmUp = new WarmUp(Duration.ofSeconds(15), Duration.ofSeconds(90));

    @Test
    void aRateThatRisesIsNotWarm() {
        assertThat(warmUp.isOver(List.of())).isFalse();
        assertThat(warmUp.isOver(List.of(60.0))).isFalse();
        assertThat(warmUp.isOver(List.of(60.0, 90.0, 110.0))).isFalse();
    }

    @Test
    void oneRoundWithoutARiseMayBeNoise() {
        assertThat(warmUp.isOver(List.of(60.0, 90.0, 110.0, 111.0))).isFalse();
        assertThat(warmUp.isOver(List.of(60.0, 90.0, 110.0, 111.0, 125.0))).isFalse();
    }

    @Test
    void twoRoundsWithoutARiseAreWarm() {
        assertThat(warmUp.isOver(List.of(60.0, 110.0, 111.0, 108.0))).isTrue();
    }

    @Test
    void howeverMuchItRisesItEnds() {
        assertThat(warmUp.isOver(List.of(10.0, 20.0, 40.0, 80.0, 160.0))).isFalse();
        assertThat(warmUp.isOver(List.of(10.0, 20.0, 40.0, 80.0, 160.0, 320.0))).isTrue();
    }
}
