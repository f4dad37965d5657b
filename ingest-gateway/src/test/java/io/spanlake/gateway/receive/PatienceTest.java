package io.spanlake.gateway.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class PatienceTest {
    private static final ReceiveLimits LIMITS =
            new ReceiveLimits(1 << 20, 100, 64 << 10, Duration.ofSeconds(10), 1 << 20);

    private VirtualTimeScheduler timers;
    private long stoodStillNanos;
    private RunningTime running;
    private Patience patience;
    private final AtomicBoolean refused = new AtomicBoolean();

    @BeforeEach
    void aBodyBegins() {
        timers = VirtualTimeScheduler.getOrSet();
        running = new RunningTime(() -> timers.now(TimeUnit.NANOSECONDS) + stoodStillNanos, timers);
        patience = new Patience(LIMITS, running);
        patience.exhausted(() -> Refusals.exception(new Refusal.SlowBody(0, 64 << 10)))
                .subscribe(none -> {}, error -> refused.set(true));
    }

    @AfterEach
    void reset() {
        VirtualTimeScheduler.reset();
    }

    /** No timer goes off meanwhile, and the clock on the wall goes on. */
    private void standStill(Duration time) {
        stoodStillNanos += time.toNanos();
    }

    private void run(Duration time) {
        timers.advanceTimeBy(time);
    }

    @Test
    void aSilentClientIsRefusedAfterTheGrace() {
        run(Duration.ofMillis(9_900));
        assertThat(refused).isFalse();

        run(Duration.ofMillis(200));
        assertThat(refused).isTrue();
    }

    @Test
    void aClientThatSendsIsNotRefused() {
        for (int second = 0; second < 30; second++) {
            run(Duration.ofSeconds(1));
            patience.renew();
        }
        assertThat(refused).isFalse();
    }

    @Test
    void whatTheProcessStoodStillIsNotTheClientsSilence() {
        run(Duration.ofSeconds(2));
        standStill(Duration.ofSeconds(33));

        run(Duration.ofSeconds(6));
        assertThat(refused).isFalse();

        run(Duration.ofSeconds(2));
        assertThat(refused).isTrue();
    }

    @Test
    void whatTheProcessStoodStillIsNotTheClientsPace() {
        run(Duration.ofSeconds(9));
        standStill(Duration.ofSeconds(33));
        assertThat(patience.endsAt(1)).isFalse();

        run(Duration.ofSeconds(2));
        assertThat(patience.endsAt(1)).isTrue();
    }

    @Test
    void whatStoringTakesIsNotTheClientsSilence() {
        run(Duration.ofSeconds(6));
        patience.rest();
        run(Duration.ofSeconds(60));
        assertThat(refused).isFalse();
        assertThat(patience.endsAt(1)).isFalse();

        patience.renew();
        run(Duration.ofSeconds(9));
        assertThat(refused).isFalse();
        assertThat(patience.endsAt(1)).isTrue();

        run(Duration.ofSeconds(2));
        assertThat(refused).isTrue();
    }

    @Test
    void timeThatRanNeverGoesBack() {
        long before = running.getAsLong();
        for (int step = 0; step < 100; step++) {
            standStill(Duration.ofMillis(step * 37 % 1_500));
            run(Duration.ofMillis(step * 13 % 300));
            long now = running.getAsLong();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }
}
