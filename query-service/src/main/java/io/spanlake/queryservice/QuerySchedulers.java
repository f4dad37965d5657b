package io.spanlake.queryservice;

import io.spanlake.service.threads.PatientThreads;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * All threads of the service but that of Kafka's client. Reads of the UI, requests and the log go before all of them but the timer.
 *
 * @param decode inflates blocks, extends views and asks them
 * @param fold   folds rows into JSON
 * @param search looks into indexes of parts, which blocks on reads
 * @param work   parses, plans and runs queries
 * @param blobs  reads blobs that lie on local disk, and blocks of them
 * @param disk   writes and reads what does not fit into memory, and answers that are kept
 * @param timer  counts time for reads that wait; never does work
 */
record QuerySchedulers(
        Scheduler decode,
        Scheduler fold,
        Scheduler search,
        Scheduler work,
        Scheduler blobs,
        Scheduler disk,
        Scheduler timer)
        implements DisposableBean {
    private static final int WAITING_MAX = 100_000;
    private static final int SEARCHES = 8;
    private static final int BLOBS = 8;
    private static final int DISKS = 4;

    /** @param queries at once: each has a thread, so that a long step of one does not keep another waiting */
    static QuerySchedulers start(int cores, int queries) {
        return new QuerySchedulers(
                PatientThreads.scheduler(cores, WAITING_MAX, "query-decode"),
                PatientThreads.scheduler(cores, WAITING_MAX, "query-fold"),
                PatientThreads.scheduler(SEARCHES, WAITING_MAX, "query-search"),
                PatientThreads.scheduler(cores + 2 * queries, WAITING_MAX, "query-work"),
                PatientThreads.scheduler(BLOBS, WAITING_MAX, "query-blobs"),
                PatientThreads.scheduler(DISKS, WAITING_MAX, "query-disk"),
                Schedulers.newParallel("query-timer", 1));
    }

    @Override
    public void destroy() {
        decode.dispose();
        fold.dispose();
        search.dispose();
        work.dispose();
        blobs.dispose();
        disk.dispose();
        timer.dispose();
    }
}
