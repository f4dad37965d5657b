package io.spanlake.query.tail;

import io.spanlake.catalog.WalSnapshot;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
 *       one for all writes of those; again behind the stretch where none of them stands in it.
 * </ul>
 *
 * Takes seconds where the view takes milliseconds, so few run at a time. Counts cannot be had this way.
 */
final class TailScan {
    private static final int SECTIONS_IN_FLIGHT = 2;
    private static final int SCANS_MAX = 2;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final WalSnapshots snapshots;
    private final SectionReader sections;
    private final Scheduler decode;
    private final long limitBytes;
    private final int windowWrites;
    private final AtomicInteger running = new AtomicInteger();

    /**
     * @param limitBytes   of the index of what is asked for
     * @param windowWrites about how many rows a page looks at: more than a page has
     */
    TailScan(WalSnapshots snapshots, SectionReader sections, Scheduler decode, long limitBytes, int windowWrites) {
        this.snapshots = snapshots;
        this.sections = sections;
        this.decode = decode;
        this.limitBytes = limitBytes;
        this.windowWrites = windowWrites;
    }

    <T> Mono<TailAnswer<T>> read(TailObject object, TailQuestion<T> question, ReadRefusedException tooLarge) {
        if (question instanceof TailQuestion.Counts) {
            return Mono.error(tooLarge);
        }
        return Mono.using(
                this::begin,
                _ -> snapshots.snapshot(object.ref(), Map.of()).flatMap(found -> new Scan(object, found).ask(question)),
                _ -> running.decrementAndGet());
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
        private final WalSnapshot snapshot;

        Scan(TailObject object, WalSnapshot snapshot) {
            this.object = object;
            this.snapshot = snapshot;
        }

        <T> Mono<TailAnswer<T>> ask(TailQuestion<T> question) {
            return tailFor(question).map(tail -> TailAnswer.of(question, tail));
        }

        private Mono<Tail> tailFor(TailQuestion<?> question) {
            return switch (question) {
                case TailQuestion.Row(var rowId) -> indexOf(Set.of(rowId)).cast(Tail.class);
                case TailQuestion.Trace(var traceId) ->
                    idsWhere(write -> write.traceId().filter(traceId::equals).isPresent(), Set.of(traceId))
                            .flatMap(this::indexOf)
                            .cast(Tail.class);
                case TailQuestion.Page(var direction, var after, var limits) ->
                    page(direction, after, limits)
                            .map(page -> new OnePage(
                                    page,
                                    IndexedTail.of(new TailIndex(), snapshot).state()));
                case TailQuestion.Counts() -> Mono.error(new IllegalStateException("counts need the whole tail"));
            };
        }

        private Mono<RowPage> page(RowDirection direction, Optional<RowPosition> after, PageLimits limits) {
            long from = after.map(RowPosition::key).orElse(direction == RowDirection.NEWEST_FIRST ? -1L : 0L);
            var window = new ScanWindow(direction, from, Math.max(windowWrites, limits.rows()));
            return pass(window::see)
                    .then(Mono.defer(
                            () -> idsWhere(write -> window.holds(write.stamp().paginationNumber()), Set.of())))
                    .flatMap(this::indexOf)
                    .map(tail -> cut(tail.page(direction, after, limits), window))
                    .flatMap(page -> page.rows().isEmpty() && page.last().isPresent()
                            ? page(direction, page.last(), limits)
                            : Mono.just(page));
        }

        /** Of what stands behind the window the index knows a part only. */
        private static RowPage cut(RowPage page, ScanWindow window) {
            if (!window.isFull()) {
                return page;
            }
            var rows = page.rows().stream()
                    .takeWhile(row -> window.holds(row.position().key()))
                    .toList();
            boolean whole = rows.size() == page.rows().size();
            return new RowPage(rows, whole && page.last().isPresent() ? page.last() : Optional.of(window.end()));
        }

        private Mono<Set<String>> idsWhere(Predicate<WriteKey> named, Set<String> others) {
            var ids = new HashSet<>(others);
            return pass(write -> {
                        if (named.test(write)) {
                            ids.add(write.rowId());
                        }
                    })
                    .thenReturn(ids);
        }

        private Mono<IndexedTail> indexOf(Set<String> ids) {
            var index = new TailIndex();
            return keys().doOnNext(keys -> add(index, keys.of(ids))).then(Mono.fromSupplier(() -> {
                index.settle(snapshot.closed());
                return IndexedTail.of(index, snapshot);
            }));
        }

        private void add(TailIndex index, SectionKeys keys) {
            index.add(keys);
            if (index.bytes() > limitBytes) {
                throw new ReadRefusedException(new ReadRefusal.TailTooLarge(object.ref(), index.bytes(), limitBytes));
            }
        }

        private Mono<Void> pass(Consumer<WriteKey> eye) {
            return keys().doOnNext(keys -> keys.writes().forEach(eye)).then();
        }

        private Flux<SectionKeys> keys() {
            return Flux.fromIterable(snapshot.sections())
                    .flatMapSequential(section -> sections.keys(object, section), SECTIONS_IN_FLIGHT, 1)
                    .publishOn(decode, 1);
        }
    }

    /** A tail of which one page is known. */
    private record OnePage(RowPage page, TailState state) implements Tail {
        @Override
        public TailCounts counts() {
            throw new IllegalStateException("only a page is known");
        }

        @Override
        public Optional<RowPlaces> row(String rowId) {
            throw new IllegalStateException("only a page is known");
        }

        @Override
        public java.util.List<RowPlaces> trace(String traceId) {
            throw new IllegalStateException("only a page is known");
        }

        @Override
        public RowPage page(RowDirection direction, Optional<RowPosition> after, PageLimits limits) {
            return page;
        }
    }
}
