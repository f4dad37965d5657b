package io.spanlake.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class ReadinessTest {
    private final AtomicReference<Mono<Void>> postgres =
            new AtomicReference<>(Mono.error(new IllegalStateException("away")));
    private final AtomicReference<Optional<String>> disk = new AtomicReference<>(Optional.empty());
    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final Dependencies dependencies =
            new Dependencies(List.of(new Dependency("postgres", Mono.defer(postgres::get))));
    private final Readiness readiness = new Readiness(dependencies, List.of(new OwnResource("cache-disk", disk::get)));

    @AfterEach
    void realTimeAgain() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void itIsNotReadyBeforeADependencyWasReached() {
        assertThat(readiness.reasons().block()).containsEntry("postgres", "IllegalStateException");
    }

    @Test
    void itStaysReadyWhenADependencyGoesAwayLater() {
        postgres.set(Mono.empty());
        assertThat(readiness.reasons().block()).isEmpty();

        postgres.set(Mono.error(new IllegalStateException("away")));
        time.advanceTimeBy(Duration.ofSeconds(2));

        assertThat(readiness.reasons().block()).isEmpty();
        assertThat(dependencies.faults().block()).containsEntry("postgres", "IllegalStateException");
    }

    @Test
    void aFaultOfItsOwnIsTold() {
        postgres.set(Mono.empty());
        disk.set(Optional.of("takes no writes"));

        assertThat(readiness.reasons().block()).containsOnlyKeys("cache-disk");
    }

    @Test
    void itIsNotReadyWhileItDrains() {
        postgres.set(Mono.empty());

        readiness.drain();

        assertThat(readiness.reasons().block()).containsOnlyKeys("draining");
    }

    @Test
    void aDependencyIsAskedOnceASecondHoweverManyAsk() {
        var asked = new AtomicInteger();
        postgres.set(Mono.fromRunnable(asked::incrementAndGet));

        for (int i = 0; i < 100; i++) {
            dependencies.faults().block();
        }
        assertThat(asked).hasValue(1);

        time.advanceTimeBy(Duration.ofSeconds(2));
        dependencies.faults().block();
        assertThat(asked).hasValue(2);
    }

    @Test
    void aDependencyThatDoesNotAnswerIsAFaultAfterTwoSeconds() {
        postgres.set(Mono.never());
        var faults = dependencies.faults().toFuture();

        time.advanceTimeBy(Duration.ofSeconds(3));

        assertThat(faults.join()).containsEntry("postgres", "no answer within 2 s");
    }
}
