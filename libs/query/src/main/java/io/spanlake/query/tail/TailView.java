package io.spanlake.query.tail;

import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.query.PlannedAnew;
import io.spanlake.query.SharedRuns;
import io.spanlake.query.part.OpenPart;
import io.spanlake.query.part.OpenParts;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The view of one object, once for all readers that wait: {@code catalog → parts opened → without what is no more → new
 * sections → bases of rows → index}.
 *
 * <p>A reader gets the view of a snapshot that was taken after it came. A section enters the index whole, and readers
 * look only between refreshes, so each sees exactly what the snapshot names. A refresh that fails has moved nothing: the
 * next one begins with what the catalog said before it, and leaves out what the index has already.
 */
final class TailView {
    private static final int SECTIONS_IN_FLIGHT = 4;

    private final TailObject object;
    private final ObjectSnapshots snapshots;
    private final SectionReader sections;
    private final OpenParts openParts;
    private final BaseReader bases;
    private final Scheduler decode;
    private final Runnable onGrowth;
    private final TailMeters meters;
    private final SharedRuns<Tail> refreshes;

    /** Guards what follows: a cancelled refresh may still be at work when the next one begins. */
    private final Object lock = new Object();

    private TailIndex index = new TailIndex();
    private KnownObject known = KnownObject.NOTHING;
    private Map<Long, OpenPart> parts = Map.of();
    private int round;
    private volatile long bytes;
    private volatile Instant lastRead = Instant.EPOCH;

    /** @param onGrowth called after each section, on the decoding thread; an error ends the refresh */
    TailView(
            TailObject object,
            ObjectSnapshots snapshots,
            TailBlobs blobs,
            OpenParts openParts,
            Scheduler decode,
            Runnable onGrowth,
            TailMeters meters) {
        this.object = object;
        this.snapshots = snapshots;
        this.sections = new SectionReader(blobs);
        this.openParts = openParts;
        this.bases = new BaseReader(blobs.parts());
        this.decode = decode;
        this.onGrowth = onGrowth;
        this.meters = meters;
        this.refreshes = new SharedRuns<>(meters.timed(PlannedAnew.once(this::refresh)));
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

    /** Heap that index and open parts take, about. */
    long bytes() {
        return bytes;
    }

    private Mono<Tail> refresh() {
        int thisRound = locked(() -> ++round);
        return snapshot()
                .flatMap(snapshot -> opened(snapshot)
                        .publishOn(decode)
                        .flatMap(open -> new Refresh(thisRound, snapshot, open).run()));
    }

    /** Where the log was opened anew or moved back, all that was known is dropped and read again. */
    private Mono<ObjectSnapshot> snapshot() {
        var from = locked(() -> known);
        return snapshots.snapshot(object.ref(), from).flatMap(snapshot -> {
            if (RefreshPlan.extendsWhatIsKnown(from.wal(), snapshot.wal())
                    && RefreshPlan.extendsWhatIsCut(from.processed(), snapshot.processed())) {
                return Mono.just(snapshot);
            }
            meters.rebuilt();
            forget();
            return snapshots.snapshot(object.ref(), KnownObject.NOTHING);
        });
    }

    private Mono<List<OpenPart>> opened(ObjectSnapshot snapshot) {
        var held = locked(() -> parts);
        return snapshot.whole()
                ? openParts.open(object.organization(), snapshot.parts(), held)
                : Mono.just(List.copyOf(held.values()));
    }

    void forget() {
        synchronized (lock) {
            index = new TailIndex();
            known = KnownObject.NOTHING;
            parts = Map.of();
            bytes = 0;
        }
    }

    private <T> T locked(Supplier<T> step) {
        synchronized (lock) {
            return step.get();
        }
    }

    /** One refresh, from what the catalog said to what readers see. */
    private final class Refresh {
        private final int thisRound;
        private final ObjectSnapshot snapshot;
        private final List<OpenPart> open;
        private final SequencedMap<Long, OpenPart> openById;
        private final Set<Long> live;
        private final long partBytes;

        Refresh(int thisRound, ObjectSnapshot snapshot, List<OpenPart> open) {
            this.thisRound = thisRound;
            this.snapshot = snapshot;
            this.open = open;
            this.openById = inOrder(open);
            this.live = snapshot.sections().stream().map(LiveSection::id).collect(Collectors.toUnmodifiableSet());
            this.partBytes = open.stream().mapToLong(OpenPart::bytes).sum();
        }

        /** Where nothing was published since, they are asked in the same order again. */
        private static SequencedMap<Long, OpenPart> inOrder(List<OpenPart> open) {
            var byId = new LinkedHashMap<Long, OpenPart>();
            open.forEach(part -> byId.put(part.id(), part));
            return Collections.unmodifiableSequencedMap(byId);
        }

        Mono<Tail> run() {
            step(_ -> rebase());
            return Flux.fromIterable(newSections())
                    .flatMapSequential(section -> sections.keys(object, section), SECTIONS_IN_FLIGHT, 1)
                    .publishOn(decode, 1)
                    .doOnNext(this::add)
                    .then(Mono.defer(this::addBases))
                    .then(Mono.fromSupplier(this::settled));
        }

        private void rebase() {
            boolean allStay = index.sections().stream()
                    .allMatch(source ->
                            staying(source).filter(now -> now == source).isPresent());
            if (!allStay) {
                index = index.rebased(this::staying);
                meters.rebased();
            }
        }

        /** What the snapshot has in its place; a part that has other dead rows now is another. */
        private Optional<Source> staying(Source source) {
            return switch (source) {
                case Source.Log(var section) ->
                    RefreshPlan.isCut(section, snapshot.processed()) ? Optional.empty() : Optional.of(source);
                case Source.Processed(var section) ->
                    snapshot.whole() && !live.contains(section.id()) ? Optional.empty() : Optional.of(source);
                case Source.Part(var part) ->
                    Optional.ofNullable(openById.get(part.id()))
                            .map(now -> now.hasSameRowsAs(part) ? source : new Source.Part(now));
            };
        }

        private List<Source> newSections() {
            Stream<Source> log = snapshot.walSections().stream().map(Source.Log::new);
            Stream<Source> processed = snapshot.sections().stream().map(Source.Processed::new);
            return locked(() -> Stream.concat(log, processed)
                    .filter(section -> !index.has(section))
                    .toList());
        }

        private void add(SectionKeys keys) {
            step(target -> target.add(keys));
            meters.sectionRead(keys.writes().size());
            onGrowth.run();
        }

        private Mono<Void> addBases() {
            var questions = locked(() -> index.questions(open));
            return bases.bases(object, questions)
                    .publishOn(decode)
                    .doOnNext(base -> step(target -> target.add(base)))
                    .then(Mono.fromRunnable(() -> step(target -> target.allAsked(open))));
        }

        private Tail settled() {
            step(target -> {
                target.settle(snapshot.closed());
                known = snapshot.known();
                parts = openById;
            });
            onGrowth.run();
            return locked(() -> new IndexedTail(index, TailState.of(snapshot), index.visible(open), lock));
        }

        /** A refresh that was cancelled changes nothing any more. */
        private void step(Consumer<TailIndex> change) {
            synchronized (lock) {
                if (thisRound == round) {
                    change.accept(index);
                    bytes = index.bytes() + partBytes;
                }
            }
        }
    }
}
