package io.spanlake.wal.collect;

import io.spanlake.wal.WalMetrics;
import io.spanlake.wal.WalProperties;
import io.spanlake.wal.receive.Log;
import io.spanlake.wal.receive.Received;
import java.time.InstantSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.scheduler.Scheduler;

/** Gathers records into flushes, as {@link FlushPlanner} says. */
public final class FlushCollector {
    private final WalProperties properties;
    private final InstantSource clock;
    private final Scheduler scheduler;
    private final WalMetrics metrics;

    /** @param scheduler one thread: everything here runs on it */
    public FlushCollector(WalProperties properties, InstantSource clock, Scheduler scheduler, WalMetrics metrics) {
        this.properties = properties;
        this.clock = clock;
        this.scheduler = scheduler;
        this.metrics = metrics;
    }

    /**
     * A flush is given only to a reader that asks for one, so what comes meanwhile makes the next flush larger. Takes
     * from the log whatever comes: the log bounds that by bytes.
     */
    public Flux<Flush> collect(Flux<Received> received, Log log) {
        return Flux.create(
                sink -> new Collecting(sink, log, properties, clock, scheduler.createWorker(), metrics)
                        .start(received.publishOn(scheduler)),
                OverflowStrategy.ERROR);
    }
}
