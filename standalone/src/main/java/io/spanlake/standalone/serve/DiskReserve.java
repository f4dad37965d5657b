package io.spanlake.standalone.serve;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.spanlake.service.errors.Problem;
import io.spanlake.standalone.data.FreeSpace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Refuses rows while the disk of the data folder has less than a reserve left, and takes them again by itself once it has
 * more. Without it the broker, which comes to the end of the disk first, would end the process, and reads with it. What is
 * left is for what was acknowledged: the log, cuts and parts are still made of it.
 */
final class DiskReserve implements WebFilter, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(DiskReserve.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** Where rows come in; what else writes is small. */
    private static final List<String> OF_ROWS = List.of("/logs3", "/otel/v1/traces", "/v1/traces");

    private final FreeSpace space;
    private final long reserveBytes;
    private final Disposable looking;
    private volatile long free;

    /** @param disk bounded; looks at the disk block there */
    DiskReserve(FreeSpace space, long reserveBytes, Scheduler disk, MeterRegistry registry) {
        this.space = space;
        this.reserveBytes = reserveBytes;
        this.free = Long.MAX_VALUE;
        look();
        this.looking = Flux.interval(LOOK_EVERY, disk).onBackpressureDrop().subscribe(_ -> look());
        Gauge.builder("spanlake.disk.free", this, reserve -> (double) reserve.free)
                .description(
                        "Free bytes of the disk of the data folder; below spanlake.standalone.disk-reserve rows are"
                                + " refused")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    private void look() {
        try {
            long now = space.bytes();
            boolean wasShort = isShort();
            free = now;
            if (isShort() && !wasShort) {
                LOG.error(
                        "{} MiB of disk are free, below the reserve of {} MiB: rows are refused until there is room",
                        now >> 20,
                        reserveBytes >> 20);
            } else if (!isShort() && wasShort) {
                LOG.warn("{} MiB of disk are free: rows are taken again", now >> 20);
            }
        } catch (IOException | RuntimeException silent) {
            LOG.warn("the disk of the data folder does not say how much is free: {}", silent.toString());
        }
    }

    private boolean isShort() {
        return free < reserveBytes;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return isShort() && bringsRows(exchange) ? Mono.error(refusal().refused()) : chain.filter(exchange);
    }

    private static boolean bringsRows(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var path = request.getPath().pathWithinApplication().value();
        boolean writes = HttpMethod.POST.equals(request.getMethod()) || HttpMethod.PUT.equals(request.getMethod());
        return writes && OF_ROWS.stream().anyMatch(door -> path.equals(door) || path.startsWith(door + "/"));
    }

    private Problem refusal() {
        return Problem.of(
                        503,
                        "disk-full",
                        "The disk is full",
                        "%d MiB of disk are free, and below %d MiB no rows are taken. Nothing of this request was stored; send it again once there is room."
                                .formatted(free >> 20, reserveBytes >> 20))
                .with("free_bytes", free)
                .with("reserve_bytes", reserveBytes)
                .retryAfter(RETRY_AFTER);
    }

    @Override
    public void destroy() {
        looking.dispose();
    }
}
