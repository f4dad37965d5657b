package io.spanlake.segments;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Every thread of this service but Kafka's own.
 *
 * @param work  inflating, folding and encoding: CPU work
 * @param log   one thread: reads sections anew from Kafka, which blocks
 * @param timer runs waits between attempts; never blocked
 */
public record SegmentsSchedulers(Scheduler work, Scheduler log, Scheduler timer) implements Disposable {
    private static final int WORK_QUEUE = 1_000;
    private static final int LOG_QUEUE = 1_000;

    public static SegmentsSchedulers create(int cores) {
        return new SegmentsSchedulers(
                Schedulers.newBoundedElastic(cores, WORK_QUEUE, "segments-work"),
                Schedulers.newBoundedElastic(1, LOG_QUEUE, "segments-log"),
                Schedulers.newParallel("segments-timer", 1));
    }

    @Override
    public void dispose() {
        work.dispose();
        log.dispose();
        timer.dispose();
    }
}
