package io.spanlake.compactor;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Starts the compactor last and stops it first, so that what it needs is there as long as it runs. */
final class CompactorLifecycle implements SmartLifecycle {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final CompactorThreads threads;

    CompactorLifecycle(CompactorThreads threads) {
        this.threads = threads;
    }

    @Override
    public void start() {
        threads.start();
    }

    @Override
    public void stop() {
        try {
            threads.stop(STOP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return threads.isRunning();
    }
}
