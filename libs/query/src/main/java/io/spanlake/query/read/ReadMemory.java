package io.spanlake.query.read;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Heap for rows that are being folded and sent. A read takes its share whole before its first row, or is refused: so no
 * two reads can wait for each other, however slow their clients are. Thread-safe.
 */
final class ReadMemory {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final long limitBytes;
    private final AtomicLong used = new AtomicLong();
    private final Counter refused;

    ReadMemory(long limitBytes, MeterRegistry registry) {
        this.limitBytes = limitBytes;
        Gauge.builder("spanlake.query.memory.used", used, AtomicLong::get)
                .description("Heap reserved for rows under way")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("spanlake.query.memory.limit", () -> limitBytes)
                .description("Heap that rows under way may take")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        this.refused = Counter.builder("spanlake.query.memory.refused")
                .description("Reads refused because others had the memory")
                .register(registry);
    }

    /** Reserves the bytes until the work is done; a read that wants more than there is at all takes all there is. */
    Mono<Void> until(long bytes, Supplier<? extends Publisher<Void>> work) {
        long share = Math.min(bytes, limitBytes);
        return Mono.using(() -> reserve(share), _ -> Mono.from(work.get()), this::release);
    }

    /** The same for as long as the rows come. */
    <T> Flux<T> during(long bytes, Flux<T> rows) {
        long share = Math.min(bytes, limitBytes);
        return Flux.using(() -> reserve(share), _ -> rows, this::release);
    }

    private long reserve(long share) {
        long now = used.addAndGet(share);
        if (now > limitBytes) {
            used.addAndGet(-share);
            refused.increment();
            throw new ReadRefusedException(new ReadRefusal.Busy(limitBytes, RETRY_AFTER));
        }
        return share;
    }

    private void release(long share) {
        used.addAndGet(-share);
    }
}
