package io.spanlake.query.tail;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.WalSnapshot;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.SharedRuns;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * The view of one object: {@code catalog → new sections → keys → index}, once for all readers that wait.
 *
 * <p>A reader gets the view of a snapshot that was taken after it came. A section enters the index whole, and readers
 * look only between refreshes, so each sees exactly the sections up to the snapshot's positions. A refresh that fails
 * has moved nothing: the next one begins at the same positions and leaves out the sections it has already.
 *
 * <p>Later stages add what is processed and indexed to {@link TailIndex}; refresh and readers stay as they are.
 */
final class TailView {
    private static final int SECTIONS_IN_FLIGHT = 4;

    /** A blob may go between the catalog's answer and the read; one that the next answer lists too is lost. */
    private static final Retry PLANNED_ANEW = Retry.max(1)
            .filter(fault -> fault instanceof ReadRefusedException refused
                    && refused.refusal() instanceof ReadRefusal.BlobUnreadable)
            .onRetryExhaustedThrow((_, signal) -> signal.failure());

    private final TailObject object;
    private final WalSnapshots snapshots;
    private final SectionReader sections;
    private final Scheduler decode;
    private final Runnable onGrowth;
    private final TailMeters meters;
    private final SharedRuns<Tail> refreshes;

    /** Guards what follows: a cancelled refresh may still be at work when the next one begins. */
    private final Object lock = new Object();

    private TailIndex index = new TailIndex();
    private Map<Integer, LogOffset> known = Map.of();
    private volatile long bytes;
    private volatile Instant lastRead = Instant.EPOCH;

    /** @param onGrowth called after each section, on the decoding thread; an error ends the refresh */
    TailView(
            TailObject object,
            WalSnapshots snapshots,
            SectionReader sections,
            Scheduler decode,
            Runnable onGrowth,
            TailMeters meters) {
        this.object = object;
        this.snapshots = snapshots;
        this.sections = sections;
        this.decode = decode;
        this.onGrowth = onGrowth;
        this.meters = meters;
        this.refreshes = new SharedRuns<>(meters.timed(Mono.defer(this::refresh).retryWhen(PLANNED_ANEW)));
    }

    /** What the reader takes of the view at a snapshot taken after the subscription. */
    <T> Mono<T> read(Function<Tail, T> taking) {
        return refreshes.result(tail -> {
            synchronized (lock) {
                return taking.apply(tail);
            }
        });
    }

    TailObject object() {
        return object;
    }

    void readAt(Instant now) {
        lastRead = now;
    }

    Instant lastRead() {
        return lastRead;
    }

    boolean busy() {
        return refreshes.busy();
    }

    /** Heap that the index takes, about. */
    long bytes() {
        return bytes;
    }

    private Mono<Tail> refresh() {
        return snapshot().publishOn(decode).flatMap(snapshot -> extend(snapshot, currentIndex()));
    }

    /** Where the log was opened anew or moved back, all that was known is dropped and read again. */
    private Mono<WalSnapshot> snapshot() {
        var from = currentKnown();
        return snapshots.snapshot(object.ref(), from).flatMap(snapshot -> {
            if (RefreshPlan.extendsWhatIsKnown(from, snapshot.positions())) {
                return Mono.just(snapshot);
            }
            meters.rebuilt();
            forget();
            return snapshots.snapshot(object.ref(), Map.of());
        });
    }

    private Mono<Tail> extend(WalSnapshot snapshot, TailIndex target) {
        return Flux.fromIterable(snapshot.sections())
                .filter(section -> !has(target, section))
                .flatMapSequential(section -> sections.keys(object, section), SECTIONS_IN_FLIGHT, 1)
                .publishOn(decode, 1)
                .doOnNext(keys -> add(target, keys))
                .then(Mono.fromSupplier(() -> settle(target, snapshot)));
    }

    private boolean has(TailIndex target, SectionRef section) {
        synchronized (lock) {
            return target.has(section);
        }
    }

    private void add(TailIndex target, SectionKeys keys) {
        synchronized (lock) {
            target.add(keys);
            bytes = index.bytes();
        }
        meters.sectionRead(keys.writes().size());
        onGrowth.run();
    }

    private Tail settle(TailIndex target, WalSnapshot snapshot) {
        synchronized (lock) {
            target.settle(snapshot.closed());
            if (index == target) {
                known = RefreshPlan.knownAfter(snapshot.positions());
            }
            bytes = index.bytes();
        }
        onGrowth.run();
        return IndexedTail.of(target, snapshot);
    }

    private Map<Integer, LogOffset> currentKnown() {
        synchronized (lock) {
            return known;
        }
    }

    private TailIndex currentIndex() {
        synchronized (lock) {
            return index;
        }
    }

    void forget() {
        synchronized (lock) {
            index = new TailIndex();
            known = Map.of();
            bytes = 0;
        }
    }
}
