package io.spanlake.wal;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Every thread of this service but Kafka's own.
 *
 * @param collect  one thread: reads envelopes, owns what waits for a flush
 * @param encode   zstd: CPU work, a thread a core
 * @param announce one thread: a Kafka producer may block while it looks for its broker
 * @param timer    runs waits between attempts; never blocked
 */
public record WalSchedulers(Scheduler collect, Scheduler encode, Scheduler announce, Scheduler timer)
        implements Disposable {
    private static final int ENCODE_QUEUE = 64;
    private static final int ANNOUNCE_QUEUE = 1_000;

    public static WalSchedulers create(int cores) {
        return new WalSchedulers(
                Schedulers.newSingle("wal-collect"),
                Schedulers.newBoundedElastic(cores, ENCODE_QUEUE, "wal-encode"),
                Schedulers.newBoundedElastic(1, ANNOUNCE_QUEUE, "wal-announce"),
                Schedulers.newParallel("wal-timer", 1));
    }

    @Override
    public void dispose() {
        collect.dispose();
        encode.dispose();
        announce.dispose();
        timer.dispose();
    }
}
