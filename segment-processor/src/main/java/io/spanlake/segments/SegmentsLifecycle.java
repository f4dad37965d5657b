package io.spanlake.segments;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Starts the processor last and stops it first, so that what it needs is there as long as it runs. */
final class SegmentsLifecycle implements SmartLifecycle {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final SegmentsRunner runner;

    SegmentsLifecycle(SegmentsRunner runner) {
        this.runner = runner;
    }

    @Override
    public void start() {
        runner.start();
    }

    @Override
    public void stop() {
        try {
            runner.stop(STOP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            runner.kill();
        }
    }

    @Override
    public boolean isRunning() {
        return runner.isRunning();
    }
}
