package io.spanlake.service.errors;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A class that a step needs is missing. */
class BrokenStepsTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Scheduler work = Schedulers.newBoundedElastic(2, 10, "broken-steps-test");

    @BeforeEach
    void areErrors() {
        BrokenSteps.areErrors();
    }

    @AfterEach
    void end() {
        work.dispose();
    }

    private static int broken() {
        throw new NoClassDefFoundError("io/spanlake/Gone");
    }

    @Test
    void workOnAThreadOfItsOwnEndsWithAnError() {
        assertEnds(Mono.fromCallable(BrokenStepsTest::broken).subscribeOn(work));
    }

    @Test
    void soDoesAStepBehindIt() {
        assertEnds(Mono.fromCallable(() -> 1).subscribeOn(work).map(_ -> broken()));
    }

    @Test
    void soDoesAStepOfAStreamThatGoesOnOnAnotherThread() {
        assertEnds(Flux.range(0, 10).publishOn(work).map(_ -> broken()).then());
    }

    @Test
    void soDoesOneAmongOthers() {
        assertEnds(Flux.range(0, 10)
                .flatMap(i -> Mono.fromCallable(() -> i == 7 ? broken() : i).subscribeOn(work))
                .then());
    }

    @Test
    void soDoesOneThatIsSubscribedThere() {
        assertEnds(Mono.defer(() -> Mono.just(broken())).subscribeOn(work));
    }

    private static void assertEnds(Mono<?> step) {
        assertThatThrownBy(() -> step.block(SOON))
                .hasMessage("a class is missing or does not fit")
                .hasCauseInstanceOf(NoClassDefFoundError.class);
    }
}
