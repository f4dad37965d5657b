package io.spanlake.storage.container;

import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** A scheduler that counts what it is given to do. */
public final class CountingScheduler implements Scheduler {
    public final AtomicInteger tasks = new AtomicInteger();
    private final Scheduler scheduler;

    public CountingScheduler(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public Disposable schedule(Runnable task) {
        tasks.incrementAndGet();
        return scheduler.schedule(task);
    }

    @Override
    public Worker createWorker() {
        tasks.incrementAndGet();
        return scheduler.createWorker();
    }

    @Override
    public void dispose() {
        scheduler.dispose();
    }
}
