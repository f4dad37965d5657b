package io.spanlake.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Lets many callers share runs of one piece of work, of which at most one is under way. A caller gets the outcome of a
 * run that began after it came, never of one that was under way already: that one may have looked too early.
 *
 * <p>What the callers of a run want of its outcome is taken before the next run begins, so work that changes its outcome
 * in place is safe. A run whose callers have all left is cancelled. Thread-safe.
 *
 * @param <S> outcome of the work
 */
public final class SharedRuns<S> {
    private final Mono<S> work;
    private final Object lock = new Object();
    private List<Caller<S, ?>> next = new ArrayList<>();
    private @Nullable Run running;

    /** @param work begun anew at each subscription; it must end with exactly one value or an error */
    public SharedRuns(Mono<S> work) {
        this.work = work;
    }

    /** Outcome of a run that begins after the subscription. */
    public Mono<S> result() {
        return result(Function.identity());
    }

    /**
     * What the caller takes of the outcome of a run that begins after the subscription.
     *
     * @param taking runs on the thread on which the run ended, before the next run begins; short, and must not block
     */
    public <T> Mono<T> result(Function<? super S, ? extends T> taking) {
        return Mono.create(sink -> enter(new Caller<S, T>(taking, sink)));
    }

    /** Whether anybody waits. */
    public boolean busy() {
        synchronized (lock) {
            return running != null || !next.isEmpty();
        }
    }

    private void enter(Caller<S, ?> caller) {
        synchronized (lock) {
            next.add(caller);
        }
        caller.sink.onCancel(() -> leave(caller));
        beginNext();
    }

    private void leave(Caller<S, ?> caller) {
        Run abandoned = null;
        synchronized (lock) {
            if (!next.remove(caller) && running != null && running.isLeftByAllBut(caller)) {
                abandoned = running;
                running = null;
            }
        }
        if (abandoned != null) {
            abandoned.cancel();
            beginNext();
        }
    }

    private void beginNext() {
        Run run;
        synchronized (lock) {
            if (running != null || next.isEmpty()) {
                return;
            }
            run = new Run(next);
            next = new ArrayList<>();
            running = run;
        }
        run.begin();
    }

    private void end(Run run, Consumer<Caller<S, ?>> answer) {
        List<Caller<S, ?>> callers;
        synchronized (lock) {
            if (running != run) {
                return;
            }
            run.ending = true;
            callers = List.copyOf(run.callers);
        }
        callers.forEach(answer);
        synchronized (lock) {
            if (running == run) {
                running = null;
            }
        }
        beginNext();
    }

    private final class Run {
        final List<Caller<S, ?>> callers;
        boolean ending;
        private final Disposable.Swap subscription = Disposables.swap();

        Run(List<Caller<S, ?>> callers) {
            this.callers = callers;
        }

        /** False while the outcome is handed out: then the next run waits for that. */
        boolean isLeftByAllBut(Caller<S, ?> leaver) {
            return !ending && callers.remove(leaver) && callers.isEmpty();
        }

        void begin() {
            subscription.update(work.single()
                    .subscribe(
                            outcome -> end(this, caller -> caller.take(outcome)),
                            error -> end(this, caller -> caller.sink.error(error))));
        }

        void cancel() {
            subscription.dispose();
        }
    }

    private record Caller<S, T>(Function<? super S, ? extends T> taking, MonoSink<T> sink) {
        void take(S outcome) {
            T taken;
            try {
                taken = taking.apply(outcome);
            } catch (RuntimeException e) {
                sink.error(e);
                return;
            }
            sink.success(taken);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
