package io.spanlake.segments;

import io.spanlake.segments.wake.WakeStreams;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.util.retry.Retry;

/** Keeps a processor running: starts it anew after an error, and lets it finish its cut before it ends. */
public final class SegmentsRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentsRunner.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final WakeStreams streams;
    private final SegmentProcessor processor;
    private final SegmentsSchedulers schedulers;
    private final SegmentsMetrics metrics;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Disposable running;

    public SegmentsRunner(
            WakeStreams streams, SegmentProcessor processor, SegmentsSchedulers schedulers, SegmentsMetrics metrics) {
        this.streams = streams;
        this.processor = processor;
        this.schedulers = schedulers;
        this.metrics = metrics;
    }

    public void start() {
        streams.start();
        startLoop();
    }

    /** The partitions are ours already. */
    synchronized void startLoop() {
        running = processor
                .run()
                .subscribeOn(schedulers.work())
                .doOnError(e -> LOG.error("The segment processor ended with an error and is started anew", e))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_WAIT)
                        .maxBackoff(LONGEST_WAIT)
                        .transientErrors(true)
                        .scheduler(schedulers.timer())
                        .doBeforeRetry(_ -> metrics.restarted()))
                .doFinally(_ -> ended.countDown())
                .subscribe();
    }

    public synchronized boolean isRunning() {
        return running != null && !running.isDisposed();
    }

    /** Finishes its cut, then gives the partitions away; what is not done by then is cut anew. Blocks up to that long. */
    public void stop(Duration within) throws InterruptedException {
        processor.leave();
        if (!ended.await(within.toMillis() / 2, TimeUnit.MILLISECONDS)) {
            LOG.warn("The segment processor did not end in time: its cut is made anew");
        }
        kill();
        streams.stop(within.dividedBy(2));
    }

    /** Ends the loop at once, as a death would. */
    public synchronized void kill() {
        if (running != null) {
            running.dispose();
        }
    }
}
