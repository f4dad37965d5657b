package io.spanlake.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.model.ByteSlice;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class ReadMemoryTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ReadMemory memory = new ReadMemory(100, registry);

    @Test
    void whoDoesNotFindItsShareIsRefusedAndTakesNothing() {
        var first = memory.until(70, Mono::never).subscribe();

        StepVerifier.create(memory.until(40, Mono::empty))
                .verifyErrorSatisfies(error ->
                        assertThat(((ReadRefusedException) error).refusal()).isInstanceOf(ReadRefusal.Busy.class));
        StepVerifier.create(memory.until(30, Mono::empty)).verifyComplete();

        assertThat(used()).isEqualTo(70);
        first.dispose();
        assertThat(used()).isZero();
    }

    @Test
    void aReadThatWantsMoreThanThereIsTakesAllThereIs() {
        StepVerifier.create(memory.until(
                        1_000, () -> Mono.fromRunnable(() -> assertThat(used()).isEqualTo(100))))
                .verifyComplete();

        assertThat(used()).isZero();
    }

    @Test
    void aReadThatFailsGivesItsShareBack() {
        StepVerifier.create(memory.until(60, () -> Mono.error(new IllegalStateException("no"))))
                .verifyErrorMessage("no");

        assertThat(used()).isZero();
    }

    @Test
    void rowsThatWereFoldedHoldTheirShareUntilTheyAreSent() {
        var sent = Sinks.<Void>empty();
        var rows = new HeldRows(memory, 50, Flux.just(ByteSlice.ofUtf8("{}")));

        var sending = rows.sentBy(json -> json.then(sent.asMono())).subscribe();

        assertThat(used()).isEqualTo(50);
        sent.tryEmitEmpty();
        assertThat(sending.isDisposed()).isTrue();
        assertThat(used()).isZero();
    }

    private double used() {
        return registry.get("spanlake.query.memory.used").gauge().value();
    }
}
