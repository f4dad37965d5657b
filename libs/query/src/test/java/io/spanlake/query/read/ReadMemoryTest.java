package io.spanlake.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class ReadMemoryTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ReadMemory memory = new ReadMemory(100, registry);

    @Test
    void whoDoesNotFindItsShareIsRefusedAndTakesNothing() {
        var first = memory.within(70, Flux.never()).subscribe();

        StepVerifier.create(memory.within(40, Flux.just(1)))
                .verifyErrorSatisfies(error ->
                        assertThat(((ReadRefusedException) error).refusal()).isInstanceOf(ReadRefusal.Busy.class));
        StepVerifier.create(memory.within(30, Flux.just(1))).expectNext(1).verifyComplete();

        assertThat(used()).isEqualTo(70);
        first.dispose();
        assertThat(used()).isZero();
    }

    @Test
    void aReadThatWantsMoreThanThereIsTakesAllThereIs() {
        StepVerifier.create(memory.within(1_000, Flux.just(1))
                        .doOnNext(_ -> assertThat(used()).isEqualTo(100)))
                .expectNext(1)
                .verifyComplete();

        assertThat(used()).isZero();
    }

    @Test
    void aReadThatFailsGivesItsShareBack() {
        StepVerifier.create(memory.within(60, Flux.error(new IllegalStateException("no"))))
                .verifyErrorMessage("no");

        assertThat(used()).isZero();
    }

    private double used() {
        return registry.get("spanlake.query.memory.used").gauge().value();
    }
}
