package io.spanlake.query.tail;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.function.ToDoubleFunction;
import reactor.core.publisher.Mono;

/** What views cost: how large they are, how often and how long they are extended. */
final class TailMeters {
    private final MeterRegistry registry;
    private final String service;
    private final Timer refresh;
    private final Counter sections;
    private final Counter writes;
    private final Counter rebuilds;
    private final Counter rebases;
    private final Counter evictions;

    /** @param service that reads: several may do so in one process */
    TailMeters(MeterRegistry registry, String service) {
        this.registry = registry;
        this.service = service;
        this.refresh = Timer.builder("spanlake.query.tail.refresh")
                .description("From the question to the catalog until the view is at its answer")
                .publishPercentileHistogram()
                .register(registry);
        this.sections = counter("spanlake.query.tail.sections", "Sections read into views");
        this.writes = counter("spanlake.query.tail.writes", "Writes taken into views");
        this.rebuilds = counter(
                "spanlake.query.tail.rebuilds", "Views read anew because the log moved back or was opened anew");
        this.rebases = counter(
                "spanlake.query.tail.rebases", "Views taken over to a snapshot that has other sections or parts");
        this.evictions = counter("spanlake.query.tail.evictions", "Views given up for others");
    }

    /** How full the memory of all views is. */
    void watch(TailViews views, ToDoubleFunction<TailViews> bytes, ToDoubleFunction<TailViews> count, long limitBytes) {
        Gauge.builder("spanlake.query.tail.size", views, bytes)
                .description("Heap that all views take")
                .tag("service", service)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("spanlake.query.tail.limit", () -> limitBytes)
                .description("Heap that all views may take")
                .tag("service", service)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("spanlake.query.tail.views", views, count)
                .description("Objects that have a view")
                .tag("service", service)
                .register(registry);
    }

    <T> Mono<T> timed(Mono<T> work) {
        return Mono.defer(() -> {
            var sample = Timer.start(registry);
            return work.doFinally(_ -> sample.stop(refresh));
        });
    }

    void sectionRead(int count) {
        sections.increment();
        writes.increment(count);
    }

    void rebuilt() {
        rebuilds.increment();
    }

    void rebased() {
        rebases.increment();
    }

    void evicted() {
        evictions.increment();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
