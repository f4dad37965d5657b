package io.spanlake.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(8, Duration.ofMillis(20), Duration.ofSeconds(1));

    @Property
    void aWaitIsBetweenHalfAndAllOfItsStep(@ForAll @IntRange(min = 1, max = 100_000) int failed, @ForAll long seed) {
        long step = failed > 6 ? 1_000 : 20L << (failed - 1);

        assertThat(backoff.after(failed, new Random(seed)).toMillis())
                .isBetween(Math.min(step, 1_000) / 2, Math.min(step, 1_000));
    }

    @Test
    void allAttemptsTogetherLastSeconds() {
        long sum = 0;
        for (int failed = 1; failed < backoff.attempts(); failed++) {
            sum += backoff.after(failed, new Random(failed)).toMillis();
        }

        assertThat(sum).isBetween(1_000L, 3_500L);
    }
}
