package io.spanlake.uiquery.follow;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spanlake.model.Placement;
import io.spanlake.query.tail.TailViews;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Extends the views that were read lately when the write-ahead log has grown, so that the next read finds little to do.
 * Only those whose base partition the event is of: wide objects write there too. An event that comes while many are
 * being seen to is left out.
 */
public final class ViewWarmer implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ViewWarmer.class);
    private static final int EVENTS_IN_FLIGHT = 8;

    private final Flux<WalEvent> events;
    private final TailViews views;
    private final Placement placement;
    private final Duration warmFor;
    private final InstantSource clock;
    private final Timer visible;
    private final Disposable.Swap following = Disposables.swap();
    private volatile boolean running;

    public ViewWarmer(
            Flux<WalEvent> events,
            TailViews views,
            int partitions,
            Duration warmFor,
            InstantSource clock,
            MeterRegistry registry) {
        this.events = events;
        this.views = views;
        this.placement = new Placement(partitions);
        this.warmFor = warmFor;
        this.clock = clock;
        this.visible = Timer.builder("spanlake.ui.visible")
                .description("From the announcement of a commit until a view that is being read has it")
                .publishPercentileHistogram()
                .register(registry);
    }

    @Override
    public void start() {
        running = true;
        following.update(events.onBackpressureDrop()
                .flatMap(this::warm, EVENTS_IN_FLIGHT, 1)
                .subscribe());
    }

    private Mono<Void> warm(WalEvent event) {
        return views.extend(object -> placement.basePartition(object.ref()) == event.partition(), warmFor)
                .doOnNext(_ -> visible.record(age(event)))
                .onErrorResume(fault -> {
                    LOG.debug("a view was not warmed: {}", fault.getMessage());
                    return Mono.empty();
                })
                .then();
    }

    /** Clocks of two machines: never below zero. */
    private Duration age(WalEvent event) {
        var age = Duration.between(event.announcedAt(), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    @Override
    public void stop() {
        running = false;
        following.update(Disposables.disposed());
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
