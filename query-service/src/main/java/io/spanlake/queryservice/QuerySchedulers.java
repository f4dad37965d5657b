package io.spanlake.queryservice;

import org.springframework.beans.factory.DisposableBean;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * All threads of the service but that of Kafka's client.
 *
 * @param decode inflates blocks, extends views and asks them
 * @param fold   folds rows into JSON
 * @param search looks into indexes of parts, which blocks on reads
 * @param work   parses, plans and runs queries
 * @param timer  counts time for reads that wait; never does work
 */
record QuerySchedulers(Scheduler decode, Scheduler fold, Scheduler search, Scheduler work, Scheduler timer)
        implements DisposableBean {
    private static final int WAITING_MAX = 100_000;
    private static final int SEARCHES = 8;

    static QuerySchedulers start(int cores) {
        return new QuerySchedulers(
                Schedulers.newBoundedElastic(cores, WAITING_MAX, "query-decode"),
                Schedulers.newBoundedElastic(cores, WAITING_MAX, "query-fold"),
                Schedulers.newBoundedElastic(SEARCHES, WAITING_MAX, "query-search"),
                Schedulers.newBoundedElastic(cores, WAITING_MAX, "query-work"),
                Schedulers.newParallel("query-timer", 1));
    }

    @Override
    public void destroy() {
        decode.dispose();
        fold.dispose();
        search.dispose();
        work.dispose();
        timer.dispose();
    }
}
