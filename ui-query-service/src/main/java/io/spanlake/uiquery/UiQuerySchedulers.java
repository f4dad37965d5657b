package io.spanlake.uiquery;

import org.springframework.beans.factory.DisposableBean;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * All threads of the service but those of Kafka's clients.
 *
 * @param decode inflates blocks, extends views and asks them
 * @param fold   folds rows into JSON
 * @param search looks into indexes of parts, which blocks on reads
 * @param questions tests rows against filters, and counts them
 * @param timer  counts time for reads that wait; never does work
 * @param disk   reads blobs that lie on local disk, and blocks of them
 */
record UiQuerySchedulers(
        Scheduler decode, Scheduler fold, Scheduler search, Scheduler questions, Scheduler timer, Scheduler disk)
        implements DisposableBean {
    private static final int WAITING_MAX = 100_000;
    private static final int SEARCHES = 8;
    private static final int DISKS = 8;

    static UiQuerySchedulers start(int cores) {
        return new UiQuerySchedulers(
                Schedulers.newBoundedElastic(cores, WAITING_MAX, "ui-decode"),
                Schedulers.newBoundedElastic(cores, WAITING_MAX, "ui-fold"),
                Schedulers.newBoundedElastic(SEARCHES, WAITING_MAX, "ui-search"),
                Schedulers.newBoundedElastic(cores, WAITING_MAX, "ui-questions"),
                Schedulers.newParallel("ui-timer", 1),
                Schedulers.newBoundedElastic(DISKS, WAITING_MAX, "ui-disk"));
    }

    @Override
    public void destroy() {
        decode.dispose();
        fold.dispose();
        search.dispose();
        questions.dispose();
        timer.dispose();
        disk.dispose();
    }
}
