package io.spanlake.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Heartbeats heartbeats = new Heartbeats(now::get);

    @Test
    void aLoopThatStandsStillForAMinuteIsStuck() {
        var moving = heartbeats.begin("moving");
        heartbeats.begin("standing");

        now.updateAndGet(instant -> instant.plusSeconds(61));
        moving.beat();

        assertThat(heartbeats.stuck()).containsOnlyKeys("standing");
    }

    @Test
    void aLoopThatEndedIsNot() {
        heartbeats.begin("ended");

        heartbeats.end("ended");
        now.updateAndGet(instant -> instant.plusSeconds(61));

        assertThat(heartbeats.stuck()).isEmpty();
    }
}
