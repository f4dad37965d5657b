package io.spanlake.query.tail;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.model.TransactionId;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.part.OpenParts;
import io.spanlake.query.part.PartReads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The views of all objects that are read, within one bound of bytes. Where it is passed, the views that nobody waits for
 * go, longest unread first; a view that alone is too large is given up, and its readers are told so. Thread-safe.
 */
public final class TailViews {
    /** How long a view that was too large is not tried again. */
    private static final Duration TOO_LARGE_FOR = Duration.ofMinutes(1);

    /** One of so many parts of the bound is for the index of a scan. */
    private static final int SCAN_SHARE = 4;

    /** A page of a tail that is too large looks at so many writes at a time, or at fewer where they would not fit. */
    private static final int SCAN_WINDOW_WRITES = 20_000;

    private static final int SCAN_WRITE_BYTES = 512;

    private final ObjectSnapshots snapshots;
    private final TailBlobs blobs;
    private final OpenParts parts;
    private final TailScan scan;
    private final TailVersions versions;
    private final Scheduler decode;
    private final long limitBytes;
    private final InstantSource clock;
    private final TailMeters meters;
    private final Object lock = new Object();

    /** In the order of their last reads. */
    private final LinkedHashMap<TailObject, TailView> views = new LinkedHashMap<>(64, 0.75f, true);

    private final Map<TailObject, TooLarge> tooLarge = new HashMap<>();

    /**
     * @param decode     bounded; the views are extended and asked on it
     * @param limitBytes of all views together; about 140 bytes a row of the tail that was written twice, and 8 bytes a row
     *                   of parts
     * @param service    that reads, for its meters
     */
    public TailViews(
            ObjectSnapshots snapshots,
            TailBlobs blobs,
            OpenParts parts,
            PartReads partReads,
            Scheduler decode,
            long limitBytes,
            InstantSource clock,
            MeterRegistry registry,
            String service) {
        this.snapshots = snapshots;
        this.blobs = blobs;
        this.parts = parts;
        this.scan = new TailScan(
                snapshots,
                blobs,
                parts,
                partReads,
                decode,
                limitBytes / SCAN_SHARE,
                scanWindow(limitBytes / SCAN_SHARE));
        this.versions = new TailVersions(snapshots, blobs, parts, decode, limitBytes / SCAN_SHARE);
        this.decode = decode;
        this.limitBytes = limitBytes;
        this.clock = clock;
        this.meters = new TailMeters(registry, service);
        meters.watch(this, TailViews::bytes, TailViews::count, limitBytes);
    }

    /**
     * The answer of the object's tail at a snapshot taken after the subscription; a tail that is too large for a view is
     * read for just this answer. Ends with {@link ReadRefusal.TailTooLarge} where that cannot be, {@link
     * ReadRefusal.BlobUnreadable} where a blob does not give what it should, {@link ReadRefusal.StoreFailed} where the
     * store does not.
     */
    public <T> Mono<TailAnswer<T>> read(TailObject object, TailQuestion<T> question) {
        return Mono.defer(() -> viewOf(object).read(tail -> TailAnswer.of(question, tail)))
                .onErrorResume(
                        TailViews::isTooLarge,
                        tooLarge -> scan.read(object, question, (ReadRefusedException) tooLarge));
    }

    /**
     * The same of an object that keeps versions, as it was at the end of a transaction. Later writes with a transaction up to
     * it would change the answer: it is final where {@link TailState#closed} is not before it.
     *
     * @throws IllegalArgumentException where the object keeps no versions
     */
    public <T> Mono<TailAnswer<T>> readAt(TailObject object, TailQuestion<T> question, TransactionId version) {
        if (!object.ref().type().keepsVersions()) {
            throw new IllegalArgumentException(object.ref() + " keeps no versions");
        }
        return versions.read(object, question, version);
    }

    private static int scanWindow(long bytes) {
        return Math.clamp(bytes / SCAN_WRITE_BYTES, 1, SCAN_WINDOW_WRITES);
    }

    private static boolean isTooLarge(Throwable fault) {
        return fault instanceof ReadRefusedException refused && refused.refusal() instanceof ReadRefusal.TailTooLarge;
    }

    /**
     * Extends the views of some objects, of those that were read lately, to a snapshot taken after the subscription; it
     * does not count as a read.
     *
     * @return each object whose view is there now
     */
    public Flux<TailObject> extend(Predicate<TailObject> which, Duration readWithin) {
        return Flux.defer(() -> Flux.fromIterable(viewsReadSince(clock.instant().minus(readWithin))))
                .filter(view -> which.test(view.object()))
                .flatMap(view -> view.read(_ -> view.object()));
    }

    List<TailObject> objects() {
        synchronized (lock) {
            return List.copyOf(views.keySet());
        }
    }

    private List<TailView> viewsReadSince(Instant since) {
        synchronized (lock) {
            return views.values().stream()
                    .filter(view -> !view.lastRead().isBefore(since))
                    .toList();
        }
    }

    long bytes() {
        synchronized (lock) {
            return views.values().stream().mapToLong(TailView::bytes).sum();
        }
    }

    int count() {
        synchronized (lock) {
            return views.size();
        }
    }

    private TailView viewOf(TailObject object) {
        synchronized (lock) {
            refuseTooLarge(object);
            var view = views.computeIfAbsent(object, this::newView);
            view.readAt(clock.instant());
            return view;
        }
    }

    private TailView newView(TailObject object) {
        return new TailView(object, snapshots, blobs, parts, decode, () -> makeRoomFor(object), meters);
    }

    private void refuseTooLarge(TailObject object) {
        var known = tooLarge.get(object);
        if (known == null) {
            return;
        }
        if (known.until.isAfter(clock.instant())) {
            throw new ReadRefusedException(known.refusal);
        }
        tooLarge.remove(object);
    }

    private void makeRoomFor(TailObject growing) {
        synchronized (lock) {
            long bytes = bytes();
            if (bytes <= limitBytes) {
                return;
            }
            for (var idle : idleViewsBut(growing)) {
                views.remove(idle.object());
                meters.evicted();
                bytes -= idle.bytes();
                if (bytes <= limitBytes) {
                    return;
                }
            }
            giveUp(growing);
        }
    }

    private List<TailView> idleViewsBut(TailObject growing) {
        var idle = new ArrayList<TailView>();
        views.forEach((object, view) -> {
            if (!object.equals(growing) && !view.busy()) {
                idle.add(view);
            }
        });
        return idle;
    }

    private void giveUp(TailObject object) {
        var view = views.remove(object);
        if (view == null) {
            return;
        }
        meters.evicted();
        var refusal = new ReadRefusal.TailTooLarge(object.ref(), view.bytes(), limitBytes);
        if (view.bytes() > limitBytes) {
            tooLarge.put(object, new TooLarge(refusal, clock.instant().plus(TOO_LARGE_FOR)));
        }
        throw new ReadRefusedException(refusal);
    }

    private record TooLarge(ReadRefusal.TailTooLarge refusal, Instant until) {}
}
