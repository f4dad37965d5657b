package io.spanlake.standalone.serve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.query.audit.Audited;
import io.spanlake.query.audit.Auditor;
import io.spanlake.query.audit.Fate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Audits when asked, and a little now and then by itself; counts what became of the writes, and logs what may not be. */
final class Audit implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private final Auditor auditor;
    private final MeterRegistry registry;
    private final Disposable regular;

    /** @param every between two sections that are audited without being asked; zero for never */
    Audit(Auditor auditor, Duration every, MeterRegistry registry) {
        this.auditor = auditor;
        this.registry = registry;
        for (var fate : Fate.values()) {
            counter(fate);
        }
        this.regular = every.isZero()
                ? Disposables.disposed()
                : Flux.interval(every)
                        .onBackpressureDrop()
                        .concatMap(_ -> sections(1).onErrorResume(fault -> told(fault)), 1)
                        .subscribe();
    }

    private static Mono<Audited> told(Throwable fault) {
        LOG.warn("an audit of the log broke off: {}", fault.toString());
        return Mono.empty();
    }

    private Flux<Audited> sections(int most) {
        return auditor.audit(most).doOnNext(this::count);
    }

    private void count(Audited audited) {
        audited.fates().forEach((fate, writes) -> counter(fate).increment(writes));
        audited.faults().forEach(fault -> LOG.error("audit: {}", fault));
    }

    private Counter counter(Fate fate) {
        return Counter.builder("spanlake.audit.writes")
                .description(
                        "Writes of the log that were followed to where they live; lost and doubled ones may not be")
                .tag("fate", fate.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    /** A line for each section, and {@code {"done":true}}. */
    Flux<Map<String, Object>> lines(int most) {
        return Flux.concat(
                Mono.just(Map.of("begun", true)), sections(most).map(Audit::line), Mono.just(Map.of("done", true)));
    }

    private static Map<String, Object> line(Audited audited) {
        var fates = new LinkedHashMap<String, Integer>();
        for (var fate : Fate.values()) {
            int writes = audited.fates().getOrDefault(fate, 0);
            if (writes > 0) {
                fates.put(fate.name().toLowerCase(Locale.ROOT), writes);
            }
        }
        var section = audited.section();
        return Map.of(
                "object", audited.object().toString(),
                "blob", section.blobName(),
                "partition", section.partition(),
                "first", section.first(),
                "next", section.next(),
                "fates", fates,
                "faults", audited.faults());
    }

    @Override
    public void destroy() {
        regular.dispose();
    }
}
