package io.spanlake.service.threads;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Threads that let others go first: while they compute for seconds on every core, a thread that someone waits for gets a core
 * when it wakes, not when they have had their turns. Where nobody else wants a core they are as fast as any.
 *
 * <p>On Linux alone, where a thread has a niceness of its own; elsewhere they are threads as any other.
 */
public final class PatientThreads implements ThreadFactory {
    /** As reactor.core.scheduler.BoundedElasticScheduler has it. */
    private static final int IDLE_SECONDS = 60;

    private final String name;
    private final AtomicInteger made = new AtomicInteger();

    private PatientThreads(String name) {
        this.name = name;
    }

    /**
     * As {@link Schedulers#newBoundedElastic(int, int, String)}.
     *
     * @param waitingMax tasks that wait for a thread; more are refused
     */
    public static Scheduler scheduler(int threads, int waitingMax, String name) {
        beginShared();
        return Schedulers.newBoundedElastic(threads, waitingMax, new PatientThreads(name), IDLE_SECONDS);
    }

    /** For an executor that is none of Reactor's. */
    public static ThreadFactory factory(String name) {
        beginShared();
        return new PatientThreads(name);
    }

    /** A thread is as patient as the one that starts it, for good; and these are started by whoever needs one first. */
    private static void beginShared() {
        for (int thread = 0; thread < Schedulers.DEFAULT_POOL_SIZE; thread++) {
            Schedulers.parallel().schedule(() -> {});
        }
    }

    @Override
    public Thread newThread(Runnable work) {
        return Thread.ofPlatform()
                .name(name + "-" + made.incrementAndGet())
                .daemon()
                .unstarted(() -> {
                    Niceness.lowerThisThread();
                    work.run();
                });
    }
}
