package io.spanlake.query.tail;

import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.part.OpenPart;
import io.spanlake.query.part.OpenParts;
import io.spanlake.query.part.PartPage;
import io.spanlake.query.part.PartPlace;
import io.spanlake.query.part.PartReads;
import io.spanlake.query.part.VisiblePart;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Answers for an object whose index does not fit, by passes over all its sections that keep the keys of few rows only:
 *
 * <ul>
 *   <li>a row: one pass, for its writes;
 *   <li>a trace: one pass for the ids of its rows, one for all writes of those, which need not name the trace;
 *   <li>a page: one pass for the stretch of the order that has enough writes, one for the ids that have a write in it,
 *       one for all writes of those.
 * </ul>
 *
 * Rows that parts have for the same answer are among those that are looked for: the tail may have them anew. Takes seconds
 * where the view takes milliseconds, so few run at a time. Counts cannot be had this way.
 */
final class TailScan {
    private static final int SECTIONS_IN_FLIGHT = 2;
    private static final PageLimits ALL_ROWS = new PageLimits(Integer.MAX_VALUE, Long.MAX_VALUE);
    private static final int SCANS_MAX = 2;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ObjectSnapshots snapshots;
    private final SectionReader sections;
    private final OpenParts openParts;
    private final PartReads partReads;
    private final BaseReader bases;
    private final Scheduler decode;
    private final long limitBytes;
    private final int windowWrites;
    private final AtomicInteger running = new AtomicInteger();

    /**
     * @param limitBytes   of the index of what is asked for
     * @param windowWrites about how many rows a page looks at: more than a page has
     */
    TailScan(
            ObjectSnapshots snapshots,
            TailBlobs blobs,
            OpenParts openParts,
            PartReads partReads,
            Scheduler decode,
            long limitBytes,
            int windowWrites) {
        this.snapshots = snapshots;
        this.sections = new SectionReader(blobs);
        this.openParts = openParts;
        this.partReads = partReads;
        this.bases = new BaseReader(blobs.parts());
        this.decode = decode;
        this.limitBytes = limitBytes;
        this.windowWrites = windowWrites;
    }

    <T> Mono<TailAnswer<T>> read(TailObject object, TailQuestion<T> question, ReadRefusedException tooLarge) {
        if (question instanceof TailQuestion.Counts) {
            return Mono.error(tooLarge);
        }
        return Mono.using(
                this::begin, _ -> scan(object).flatMap(scan -> scan.ask(question)), _ -> running.decrementAndGet());
    }

    private Mono<Scan> scan(TailObject object) {
        return snapshots
                .snapshot(object.ref(), KnownObject.NOTHING)
                .flatMap(snapshot -> openParts
                        .open(object.organization(), snapshot.parts(), Map.of())
                        .map(open -> new Scan(object, snapshot, open)));
    }

    private int begin() {
        int now = running.incrementAndGet();
        if (now > SCANS_MAX) {
            running.decrementAndGet();
            throw new ReadRefusedException(new ReadRefusal.Busy(limitBytes, RETRY_AFTER));
        }
        return now;
    }

    /** Of one question at one snapshot. */
    private final class Scan {
        private final TailObject object;
        private final ObjectSnapshot snapshot;
        private final List<OpenPart> open;
        /** As if the tail were empty. */
        private final List<VisiblePart> parts;

        Scan(TailObject object, ObjectSnapshot snapshot, List<OpenPart> open) {
            this.object = object;
            this.snapshot = snapshot;
            this.open = open;
            this.parts = open.stream()
                    .map(part -> new VisiblePart(part, part.dead()))
                    .toList();
        }

        <T> Mono<TailAnswer<T>> ask(TailQuestion<T> question) {
            return tailFor(question).map(tail -> TailAnswer.of(question, tail));
        }

        private Mono<Tail> tailFor(TailQuestion<?> question) {
            return switch (question) {
                case TailQuestion.Row(var rowId) -> indexOf(Set.of(rowId)).cast(Tail.class);
                case TailQuestion.Trace(var traceId) -> trace(traceId).cast(Tail.class);
                case TailQuestion.Page(var direction, var after, var limits) ->
                    page(direction, after, limits).cast(Tail.class);
                case TailQuestion.All() ->
                    page(RowDirection.OLDEST_FIRST, Optional.empty(), ALL_ROWS).cast(Tail.class);
                case TailQuestion.Counts() -> Mono.error(new IllegalStateException("counts need the whole tail"));
            };
        }

        private Mono<IndexedTail> trace(String traceId) {
            return idsOf(partReads.trace(parts, traceId))
                    .doOnNext(ids -> ids.add(traceId))
                    .flatMap(ids -> addWhere(
                            write -> write.traceId().filter(traceId::equals).isPresent(), ids))
                    .flatMap(this::indexOf);
        }

        private Mono<OnePage> page(RowDirection direction, Optional<RowPosition> after, PageLimits limits) {
            long from = after.map(RowPosition::key).orElse(direction == RowDirection.NEWEST_FIRST ? -1L : 0L);
            var window = new ScanWindow(direction, from, Math.max(windowWrites, limits.rows()));
            return pass(window::see)
                    .then(partReads.page(parts, direction, after, limits.rows()))
                    .flatMap(inParts -> idsOf(Flux.fromIterable(inParts.rows()))
                            .flatMap(ids ->
                                    addWhere(write -> window.holds(write.stamp().paginationNumber()), ids))
                            .flatMap(this::indexOf)
                            .map(tail -> new OnePage(
                                    tail, cut(tail.page(direction, after, limits), direction, window, inParts))));
        }

        /** Behind the stretch that was looked at, of the log and of parts, the index knows a few rows only. */
        private static RowPage cut(RowPage page, RowDirection direction, ScanWindow window, PartPage inParts) {
            var end = Stream.concat(window.isFull() ? Stream.of(window.end()) : Stream.empty(), inParts.last().stream())
                    .min(direction.order());
            if (end.isEmpty()) {
                return page;
            }
            var rows = page.rows().stream()
                    .takeWhile(row -> direction.order().compare(row.position(), end.get()) <= 0)
                    .toList();
            boolean whole = rows.size() == page.rows().size();
            return new RowPage(rows, whole && page.last().isPresent() ? page.last() : end);
        }

        private static Mono<Set<String>> idsOf(Flux<PartPlace> places) {
            return places.map(place -> place.key().rowId()).collect(HashSet::new, Set::add);
        }

        private Mono<Set<String>> addWhere(Predicate<WriteKey> named, Set<String> ids) {
            return pass(write -> {
                        if (named.test(write)) {
                            ids.add(write.rowId());
                        }
                    })
                    .thenReturn(ids);
        }

        private Mono<IndexedTail> indexOf(Set<String> ids) {
            var index = new TailIndex();
            return keys().doOnNext(keys -> add(index, keys.of(ids)))
                    .then(Mono.defer(() -> addBases(index)))
                    .then(Mono.fromSupplier(() -> {
                        index.settle(snapshot.closed());
                        return new IndexedTail(index, TailState.of(snapshot), index.visible(open), index);
                    }));
        }

        private void add(TailIndex index, SectionKeys keys) {
            index.add(keys);
            if (index.bytes() > limitBytes) {
                throw new ReadRefusedException(new ReadRefusal.TailTooLarge(object.ref(), index.bytes(), limitBytes));
            }
        }

        private Mono<Void> addBases(TailIndex index) {
            return bases.bases(object, index.questions(open))
                    .publishOn(decode)
                    .doOnNext(index::add)
                    .then();
        }

        private Mono<Void> pass(Consumer<WriteKey> eye) {
            return keys().doOnNext(keys -> keys.writes().forEach(eye)).then();
        }

        private Flux<SectionKeys> keys() {
            Stream<Source> log = snapshot.walSections().stream().map(Source.Log::new);
            Stream<Source> processed = snapshot.sections().stream().map(Source.Processed::new);
            return Flux.fromStream(Stream.concat(log, processed))
                    .flatMapSequential(section -> sections.keys(object, section), SECTIONS_IN_FLIGHT, 1)
                    .publishOn(decode, 1);
        }
    }

    /** A tail of which one page is known. */
    private record OnePage(IndexedTail tail, RowPage page) implements Tail {
        @Override
        public TailState state() {
            return tail.state();
        }

        @Override
        public List<VisiblePart> parts() {
            return tail.parts();
        }

        @Override
        public TailCounts counts() {
            throw new IllegalStateException("only a page is known");
        }

        @Override
        public long[] traceHashes() {
            throw new IllegalStateException("only a page is known");
        }

        @Override
        public boolean knows(String rowId) {
            throw new IllegalStateException("only a page is known");
        }

        @Override
        public Optional<RowPlaces> row(String rowId) {
            throw new IllegalStateException("only a page is known");
        }

        @Override
        public List<RowPlaces> trace(String traceId) {
            throw new IllegalStateException("only a page is known");
        }

        @Override
        public PlacedRows all() {
            if (page.last().isPresent()) {
                throw new IllegalStateException("only a page is known");
            }
            return tail.all();
        }

        @Override
        public RowPage page(RowDirection direction, Optional<RowPosition> after, PageLimits limits) {
            return page;
        }
    }
}
