package io.spanlake.query.browse;

import io.spanlake.query.cursor.RowCursor;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.read.RowPreview;
import java.time.InstantSource;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Rows of an object as they come. Thread-safe; blocks nobody. */
public final class LiveRows {
    private final ObjectReads reads;
    private final Browse browse;
    private final Flux<?> commits;
    private final LiveSettings settings;
    private final InstantSource clock;
    private final Scheduler thread;
    private final Scheduler timer;

    /**
     * @param commits a signal whenever the write-ahead log may have moved; hot, and allowed to lose some
     * @param thread  bounded, for CPU work
     * @param timer   for the time between two looks
     */
    public LiveRows(
            ObjectReads reads,
            Browse browse,
            Flux<?> commits,
            LiveSettings settings,
            InstantSource clock,
            Scheduler thread,
            Scheduler timer) {
        this.reads = reads;
        this.browse = browse;
        this.commits = commits;
        this.settings = settings;
        this.clock = clock;
        this.thread = thread;
        this.timer = timer;
    }

    /**
     * A stream of what is new, made ready: its question is bound. It goes on until it is cancelled, looks for more only when
     * what it found was taken, and holds no rows meanwhile.
     *
     * @param cursor of an event after which it goes on; absent: from now on
     */
    public Mono<Flux<LiveEvent>> follow(
            ReadTarget target, RowQuestion question, Optional<String> cursor, RowPreview preview) {
        return Mono.fromSupplier(() -> {
                    var from = cursor.map(text -> RowCursor.parse(
                                            text, target.object().ref(), RowDirection.OLDEST_FIRST)
                                    .after())
                            .orElseGet(() -> now(clock));
                    var bound = browse.bound(target, question);
                    return Flux.defer(() -> new Following(reads, target, bound, preview, settings, clock, from)
                            .events(this::nextLook, thread));
                })
                .subscribeOn(thread);
    }

    /** Not more often than the pause, and not later than the poll. */
    private Mono<?> nextLook() {
        var commit = commits.next().cast(Object.class);
        var poll = Mono.delay(settings.poll(), timer).cast(Object.class);
        return Mono.delay(settings.pause(), timer).then(Mono.firstWithSignal(commit, poll));
    }

    /** Before whatever is written from now on: seconds are the coarsest thing in a transaction. */
    static RowPosition now(InstantSource clock) {
        return new RowPosition((clock.instant().getEpochSecond() - 1) << 32, 0);
    }
}
