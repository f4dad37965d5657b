package io.spanlake.gateway.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WidthRuleTest {
    private static final Duration SECONDS = Duration.ofSeconds(5);

    @Test
    void anObjectOfTwoMegabytesASecondAPartitionStaysAsItIs() {
        assertThat(WidthRule.wider(10_000_000, SECONDS, 1, 4)).isEmpty();
        assertThat(WidthRule.wider(20_000_000, SECONDS, 2, 4)).isEmpty();
    }

    @Test
    void oneThatBringsMoreIsDoubled() {
        assertThat(WidthRule.wider(10_100_000, SECONDS, 1, 4)).hasValue(2);
        assertThat(WidthRule.wider(99_000_000, SECONDS, 2, 4)).hasValue(4);
    }

    @Test
    void noObjectIsWiderThanTheTopic() {
        assertThat(WidthRule.wider(99_000_000, SECONDS, 4, 4)).isEmpty();
    }
}
