package io.spanlake.wal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.util.retry.Retry;

/** Keeps a streamer running: starts it anew after an error, and lets it hand over before it ends. */
public final class WalRunner {
    private static final Logger LOG = LoggerFactory.getLogger(WalRunner.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final WalStreamer streamer;
    private final WalSchedulers schedulers;
    private final WalMetrics metrics;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Disposable running;

    public WalRunner(WalStreamer streamer, WalSchedulers schedulers, WalMetrics metrics) {
        this.streamer = streamer;
        this.schedulers = schedulers;
        this.metrics = metrics;
    }

    public synchronized void start() {
        running = streamer.run()
                // A consumer looks names up when it is made: never on the timer's thread.
                .subscribeOn(schedulers.encode())
                .doOnError(e -> LOG.error("The WAL streamer ended with an error and is started anew", e))
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

    /** Hands over; what is not done by then is left to the next owner. Blocks up to that long. */
    public void stop(Duration within) throws InterruptedException {
        streamer.leave();
        if (!ended.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("The WAL streamer did not end within {} ms: what it held is read again", within.toMillis());
        }
        kill();
    }

    /** Ends at once, as a death would: nothing is flushed. */
    public synchronized void kill() {
        if (running != null) {
            running.dispose();
        }
    }
}
