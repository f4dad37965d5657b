package io.spanlake.gateway;

import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * All threads of the gateway that are not event loops; each lane to Kafka has one of its own.
 *
 * @param split   inflates bodies, finds rows, places them: one a core
 * @param xact    one thread that owns the state of transaction ids
 * @param upload  waits for the blob store while uploaded bodies are read
 * @param answer  goes on when Kafka has answered; shared with all of Reactor
 */
record GatewaySchedulers(Scheduler split, Scheduler xact, Scheduler upload, Scheduler answer) implements Disposable {
    private static final int TASKS_MAX = 10_000;
    private static final int UPLOADS = 4;

    static GatewaySchedulers forCores(int cores) {
        return new GatewaySchedulers(
                Schedulers.newBoundedElastic(cores, TASKS_MAX, "gateway-split"),
                Schedulers.fromExecutorService(Executors.newSingleThreadScheduledExecutor(named("gateway-xact"))),
                Schedulers.newBoundedElastic(UPLOADS, TASKS_MAX, "gateway-upload"),
                Schedulers.parallel());
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().name(name).daemon().factory();
    }

    @Override
    public void dispose() {
        split.dispose();
        xact.dispose();
        upload.dispose();
    }
}
