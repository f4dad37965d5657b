package io.spanlake.uiquery.browse;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spanlake.service.errors.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** So many of one kind of work at once; more are answered 503 with {@code Retry-After}. Thread-safe. */
final class Places {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int most;
    private final String what;
    private final AtomicInteger taken = new AtomicInteger();
    private final Timer time;
    private final Counter refused;

    /** @param kind of the meters: {@code spanlake.ui.<kind>.running} and its fellows */
    Places(int most, String kind, String what, MeterRegistry registry) {
        this.most = most;
        this.what = what;
        Gauge.builder("spanlake.ui.%s.running".formatted(kind), taken, AtomicInteger::get)
                .description("Now at work: " + what)
                .register(registry);
        Gauge.builder("spanlake.ui.%s.limit".formatted(kind), () -> most)
                .description("At work at most: " + what)
                .register(registry);
        this.time = Timer.builder("spanlake.ui.%s.time".formatted(kind))
                .description("How long each took: " + what)
                .publishPercentileHistogram()
                .register(registry);
        this.refused = Counter.builder("spanlake.ui.%s.refused".formatted(kind))
                .description("Refused because of too many: " + what)
                .register(registry);
    }

    <T> Mono<T> of(Supplier<Mono<T>> work) {
        return Mono.using(this::take, _ -> work.get(), this::leave);
    }

    <T> Flux<T> during(Flux<T> work) {
        return Flux.using(this::take, _ -> work, this::leave);
    }

    /** For whoever wants to know before it begins. */
    void requireFree() {
        if (taken.get() >= most) {
            refuse();
        }
    }

    private Timer.Sample take() {
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            refuse();
        }
        return Timer.start();
    }

    private void refuse() {
        refused.increment();
        throw Problem.of(
                        503,
                        "busy",
                        "Too many at once",
                        "%d %s at once, and there may be no more".formatted(most, what))
                .retryAfter(RETRY_AFTER)
                .refused();
    }

    private void leave(Timer.Sample sample) {
        taken.decrementAndGet();
        sample.stop(time);
    }
}
