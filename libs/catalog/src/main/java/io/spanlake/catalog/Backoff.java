package io.spanlake.catalog;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;
import reactor.util.retry.Retry.RetrySignal;

/**
 * How long attempts wait for each other: twice as long each time, less up to a half by chance, so that those who failed
 * together do not come again together.
 *
 * @param attempts that are made at most
 * @param first    wait after the first that failed
 * @param longest  wait
 */
public record Backoff(int attempts, Duration first, Duration longest) {
    static final Backoff DEFAULT = new Backoff(8, Duration.ofMillis(20), Duration.ofSeconds(1));

    /** Attempts without end. */
    public static Backoff endless(Duration first, Duration longest) {
        return new Backoff(Integer.MAX_VALUE, first, longest);
    }

    /** @param failed number of attempts that have failed, from 1 */
    Duration after(int failed, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(failed - 1, 20);
        long whole = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(whole - (long) (random.nextDouble() * whole / 2));
    }

    /**
     * For {@code retryWhen}. Reactor's own has its chance from the thread, so that no run of it can be repeated.
     *
     * @param timer  that waits
     * @param passes whether the same may succeed later; else the fault is told at once
     * @param before told of each attempt that failed and is repeated
     */
    public Retry retry(
            Scheduler timer, RandomGenerator random, Predicate<Throwable> passes, Consumer<RetrySignal> before) {
        return Retry.from(signals -> signals.concatMap(signal -> {
            int failed = (int) Math.min(signal.totalRetries() + 1, Integer.MAX_VALUE);
            if (failed >= attempts || !passes.test(signal.failure())) {
                return Mono.<Long>error(signal.failure());
            }
            before.accept(signal);
            return Mono.delay(after(failed, random), timer);
        }));
    }
}
