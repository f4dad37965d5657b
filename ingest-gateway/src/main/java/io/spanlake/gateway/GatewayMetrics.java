package io.spanlake.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.spanlake.gateway.bound.ByteBudget;
import io.spanlake.gateway.xact.TransactionIds.Source;
import io.spanlake.service.errors.RefusedException;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** Every meter of the gateway. No organization, id or path in a tag, ever. */
final class GatewayMetrics {
    private final MeterRegistry registry;
    private final DistributionSummary wire;
    private final DistributionSummary inflated;
    private final Counter rows;
    private final Timer produce;
    private final Timer request;
    private final AtomicInteger redisAvailable = new AtomicInteger(1);

    GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        wire = bytes("spanlake.receive.wire", "Bytes of one body as it came");
        inflated = bytes("spanlake.receive.body", "Bytes of one body, inflated");
        rows = Counter.builder("spanlake.gateway.rows")
                .description("Rows acknowledged")
                .baseUnit("rows")
                .register(registry);
        produce = Timer.builder("spanlake.produce.latency")
                .description("From rows that are placed to all of their records acknowledged")
                .publishPercentileHistogram()
                .register(registry);
        request = Timer.builder("spanlake.gateway.request")
                .description("From the head of a request to write to its answer, where it was taken")
                .publishPercentileHistogram()
                .register(registry);
        Gauge.builder("spanlake.redis.available", redisAvailable, AtomicInteger::get)
                .description("1 while transaction ids come from Redis, 0 while from the own clock")
                .register(registry);
    }

    private DistributionSummary bytes(String name, String description) {
        return DistributionSummary.builder(name)
                .description(description)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    /** Meters of a bound: how full it is, how much there is, and how many wait. */
    void watch(String name, String what, ByteBudget budget) {
        Gauge.builder(name, budget, ByteBudget::heldBytes)
                .description("Bytes of " + what + " now")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder(name + ".limit", budget, bound -> bound.size().bytes())
                .description("Most bytes of " + what)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder(name + ".waiting", budget, ByteBudget::waiting)
                .description("Claims that wait for bytes of " + what)
                .register(registry);
    }

    void received(long wireBytes, long bytes) {
        wire.record((double) wireBytes);
        inflated.record((double) bytes);
    }

    void acknowledged(int count) {
        rows.increment(count);
    }

    void drawn(Source source, int requests) {
        redisAvailable.set(source == Source.REDIS ? 1 : 0);
        Counter.builder("spanlake.xact.drawn")
                .description("Requests that drew a transaction, by where it came from")
                .tag("source", source == Source.REDIS ? "redis" : "clock")
                .register(registry)
                .increment(requests);
    }

    <T> Mono<T> timeProduce(Mono<T> work) {
        return Mono.defer(() -> {
            var sample = Timer.start(registry);
            return work.doOnSuccess(done -> sample.stop(produce));
        });
    }

    /** Times what was taken, counts what was refused by its kind. */
    <T> Mono<T> observe(Mono<T> handled) {
        return Mono.defer(() -> {
            var sample = Timer.start(registry);
            return handled.doOnSuccess(done -> sample.stop(request)).doOnError(this::refused);
        });
    }

    private void refused(Throwable failure) {
        var kind =
                failure instanceof RefusedException refused ? refused.problem().type() : "internal-error";
        var status =
                failure instanceof RefusedException refused ? refused.problem().status() : 500;
        Counter.builder("spanlake.gateway.refused")
                .description("Requests to write that were not taken, by kind")
                .tag("kind", kind)
                .tag("status", Integer.toString(status))
                .register(registry)
                .increment();
    }
}
