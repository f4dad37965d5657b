package io.spanlake.simulation.time;

import io.spanlake.simulation.check.Violation;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Of two threads the one that has it runs. They are virtual ones, on one carrier where the JVM is told so: then handing over
 * costs what a call does.
 */
final class Baton {
    private static final int PATIENCE_SECONDS = 20;

    private final Semaphore toProcess = new Semaphore(0);
    private final Semaphore toWorld = new Semaphore(0);

    /**
     * The process runs until it gives the baton back.
     *
     * @throws Violation where it does not: it waits for something that is no call, and so for ever
     */
    void toProcess() {
        toProcess.release();
        try {
            if (!toWorld.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Violation("a process waits for what never comes");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The world goes on, until it gives the baton back. */
    void toWorld() {
        toWorld.release();
        toProcess.acquireUninterruptibly();
    }

    void begin() {
        toProcess.acquireUninterruptibly();
    }

    void end() {
        toWorld.release();
    }
}
