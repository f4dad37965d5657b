package io.spanlake.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.TransactionId;
import io.spanlake.query.tail.TailState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final long NOW = 1_800_000_000L;

    @Test
    void theLagIsTheTimeSinceTheLogWasRead() {
        assertThat(closedUpTo(NOW - 30 - 7).lag()).hasValue(Duration.ofSeconds(7));
        assertThat(closedUpTo(NOW).lag()).hasValue(Duration.ZERO);
    }

    @Test
    void beforeTheFirstWriteThereIsNone() {
        assertThat(closedUpTo(0).lag()).isEmpty();
    }

    private static Freshness closedUpTo(long second) {
        var state = new TailState(1, Map.of(), List.of(), List.of(), TransactionId.of(second, 0));
        return new Freshness(ReadMode.NEWEST, state, Instant.ofEpochSecond(NOW));
    }
}
