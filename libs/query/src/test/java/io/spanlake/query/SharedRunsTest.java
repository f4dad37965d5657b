package io.spanlake.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class SharedRunsTest {
    private final List<Sinks.One<Integer>> begun = new ArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final SharedRuns<Integer> runs = new SharedRuns<>(Mono.defer(() -> {
        Sinks.One<Integer> run = Sinks.one();
        begun.add(run);
        return run.asMono().doOnCancel(cancelled::incrementAndGet);
    }));
    private final List<String> answers = new ArrayList<>();

    @Test
    void whoComesDuringARunWaitsForTheNextOne() {
        ask("early");
        ask("late");

        begun.get(0).tryEmitValue(1);
        assertThat(answers).containsExactly("early=1");

        begun.get(1).tryEmitValue(2);
        assertThat(answers).containsExactly("early=1", "late=2");
    }

    @Test
    void allWhoWaitShareOneRun() {
        ask("first");
        Flux.range(0, 100).subscribe(i -> ask("reader " + i));

        begun.get(0).tryEmitValue(1);
        begun.get(1).tryEmitValue(2);

        assertThat(begun).hasSize(2);
        assertThat(answers).hasSize(101);
        assertThat(runs.busy()).isFalse();
    }

    @Test
    void aRunThatFailsTellsItsOwnCallersOnly() {
        ask("early");
        ask("late");

        begun.get(0).tryEmitError(new IllegalStateException("no"));
        begun.get(1).tryEmitValue(2);

        assertThat(answers).containsExactly("early failed: no", "late=2");
    }

    @Test
    void aRunThatAllHaveLeftIsCancelledAndTheNextBegins() {
        var first = runs.result().subscribe();
        var second = runs.result().subscribe();
        ask("late");

        second.dispose();
        assertThat(cancelled).hasValue(0);
        first.dispose();

        assertThat(cancelled).hasValue(1);
        begun.get(1).tryEmitValue(2);
        assertThat(answers).containsExactly("late=2");
    }

    @Test
    void aCallerWhoseTakingFailsHarmsNoOther() {
        runs.result(_ -> {
                    throw new IllegalStateException("mine");
                })
                .subscribe(_ -> {}, error -> answers.add(error.getMessage()));
        begun.get(0).tryEmitValue(1);
        ask("other");
        begun.get(1).tryEmitValue(2);

        assertThat(answers).containsExactly("mine", "other=2");
    }

    @Test
    void noTwoRunsOverlapAndNobodyIsForgotten() {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var counter = new AtomicInteger();
        var real = new SharedRuns<>(Mono.fromCallable(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    int value = counter.incrementAndGet();
                    inside.decrementAndGet();
                    return value;
                })
                .subscribeOn(Schedulers.boundedElastic()));

        var seen = Flux.range(0, 5_000)
                .flatMap(
                        _ -> Mono.defer(() -> {
                                    int before = counter.get();
                                    return real.result().map(value -> value > before);
                                })
                                .subscribeOn(Schedulers.parallel()),
                        64)
                .collectList()
                .block();

        assertThat(seen).hasSize(5_000).containsOnly(true);
        assertThat(most).hasValue(1);
        assertThat(counter.get()).isLessThan(5_000);
    }

    private void ask(String name) {
        runs.result()
                .subscribe(
                        value -> answers.add(name + "=" + value),
                        error -> answers.add(name + " failed: " + error.getMessage()));
    }
}
