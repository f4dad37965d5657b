package io.spanlake.query.execute;

import io.spanlake.query.column.ColumnVector;
import io.spanlake.query.column.KeyRun;
import io.spanlake.query.column.KeyedPart;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.TimeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The first rows of a sort whose first key is a column, or a number that comes of columns:
 *
 * <ol>
 *   <li>loose rows are read, those that the columns leave out, and all of a part where they are few;
 *   <li>of all others the index selects, the columns say in which order they come;
 *   <li>so they are read run by run, and no more once no row of the next run can be among the first. Where a run brings too few,
 *       the next ones are tested by columns before they are read.
 * </ol>
 *
 * Rows without a value come last, and are read only where too few have one: then all of them, as further keys decide.
 */
final class LayerTop {
    private static final long KEPT_MAX = 2_000;
    private static final int PARTS_AHEAD = 2;

    private final QueryRun run;
    private final Plan.Sort sort;
    private final LayerScan scan;
    private final TopKey key;
    private final TopRows rows;
    /** Memory for keys that are this query's alone. */
    private final AtomicLong held = new AtomicLong();

    private volatile boolean lackedRoom;

    private LayerTop(QueryRun run, Plan.Sort sort, LayerScan scan, TopKey key) {
        this.run = run;
        this.sort = sort;
        this.scan = scan;
        this.key = key;
        this.rows = new TopRows(run, scan, key.path().flatMap(path -> KeyedRows.of(run, sort, path)));
    }

    /** Empty where it is another sort, or rows do not lie in layers. */
    static Optional<LayerTop> of(QueryRun run, Plan.Sort sort) {
        if (sort.keep().isEmpty() || sort.keep().getAsLong() > KEPT_MAX) {
            return Optional.empty();
        }
        return LayerScan.of(sort.input())
                .filter(scan -> run.views(scan.scan().objects()).stream()
                        .allMatch(view ->
                                view.layers(Optional.empty(), ScanWatch.NONE).isPresent()))
                .flatMap(scan -> TopKey.of(sort.keys()).map(key -> new LayerTop(run, sort, scan, key)));
    }

    /** Of what others may use too, the cache takes care; doubles are put in order by numbers of their own. */
    private void hold(ColumnVector keys) {
        long bytes = (key.isComputed() ? keys.bytes() : 0)
                + (keys instanceof ColumnVector.Doubles(var numbers, var _) ? (long) Long.BYTES * numbers.length : 0);
        held.addAndGet(bytes);
        try {
            run.memory().take(bytes, "a sort");
        } catch (QueryFaultException fault) {
            lackedRoom = true;
            throw fault;
        }
    }

    private void release() {
        run.memory().give(held.getAndSet(0));
    }

    /** Whether it ended since its keys found no room: the rows themselves need none. */
    boolean lackedRoom() {
        return lackedRoom;
    }

    Mono<Void> addTo(SortStep.Kept kept) {
        return Mono.defer(() -> {
            var watch = run.progress().begin(scan.scan().objects(), scan.scan().hint());
            return Flux.fromIterable(run.views(scan.scan().objects()))
                    .concatMap(view ->
                            add(view, view.layers(scan.scan().fields(), watch).orElseThrow(), kept))
                    .then();
        });
    }

    private Mono<Void> add(RowView view, RowLayers layers, SortStep.Kept kept) {
        return read(view, layers, kept)
                .thenMany(Flux.fromIterable(layers.parts()).flatMapSequential(this::prepared, PARTS_AHEAD, 1))
                .collectList()
                .flatMap(parts -> add(view, parts, kept))
                .doOnTerminate(this::release)
                .doOnCancel(this::release);
    }

    private Mono<TopPart> prepared(PartLayer part) {
        return part.select(scan.scan().hint()).flatMap(selection -> {
            var rest = scan.rest(selection);
            return column(part, selection.rows(), rest)
                    .map(vector -> new TopPart(part, selection.rows(), rest, vector, test(part, rest)));
        });
    }

    /** Loaded where it is asked for, once. */
    private Mono<Optional<ColumnTest>> test(PartLayer part, Optional<Scalar> rest) {
        return rest.map(condition -> ColumnTest.of(run, part, condition).cache())
                .orElseGet(() -> Mono.just(Optional.empty()));
    }

    private Mono<Optional<ColumnVector>> column(PartLayer part, RoaringBitmap rows, Optional<Scalar> rest) {
        if (rows.isEmpty()) {
            return Mono.just(Optional.of(new ColumnVector.Nothing(rows)));
        }
        boolean few = rows.getLongCardinality() <= Math.min(most(), part.fewRows());
        boolean unread = this.rows.canBeUnread() && rest.isEmpty();
        if (few && !unread) {
            return Mono.just(Optional.empty());
        }
        return key.column(run, part, rows).doOnNext(keys -> keys.ifPresent(this::hold));
    }

    private Mono<Void> add(RowView view, List<TopPart> parts, SortStep.Kept kept) {
        var unordered = new ArrayList<Flux<Tuple>>();
        var ordered = new ArrayList<KeyedPart>();
        var partOf = new ArrayList<TopPart>();
        var last = new ArrayList<Mono<Void>>();
        for (var prepared : parts) {
            var part = prepared.vector().flatMap(vector -> KeyedPart.of(vector, prepared.rows(), ordered.size()));
            if (part.isEmpty()) {
                unordered.add(rows.tested(view, prepared, prepared.rows()));
                continue;
            }
            ordered.add(part.get());
            partOf.add(prepared);
            unordered.add(rows.meeting(view, prepared, part.get().leftOut()));
            last.add(Mono.defer(() -> rows.withoutKey(view, prepared, part.get().withoutKey())
                    .doOnNext(kept::add)
                    .then()));
        }
        boolean descending = sort.keys().getFirst().descending();
        var from = sort.after().map(after -> after.keys().getFirst());
        return Flux.fromIterable(unordered)
                .flatMap(some -> some, PARTS_AHEAD, 1)
                .doOnNext(kept::add)
                .thenMany(Mono.fromCallable(() -> new KeyRun(ordered, descending, from))
                        .subscribeOn(run.work())
                        .flatMap(keys -> new TopRuns(run, view, keys, partOf, rows, kept).read(most())))
                .then(Mono.defer(
                        () -> kept.wants(NullValue.NULL) ? Flux.concat(last).then() : Mono.empty()));
    }

    private int most() {
        return Math.clamp(sort.keep().orElse(0), 1, TopRuns.ROWS_MAX);
    }

    private Mono<Void> read(RowView view, RowLayers layers, SortStep.Kept kept) {
        var wish = scan.loose(run, view, false);
        return isLatestFirst()
                ? layers.looseLatestFirst(wish)
                        .takeWhile(some -> some.latest().isEmpty()
                                || kept.wants(TimeValue.of(some.latest().get())))
                        .concatMap(some -> read(view, wish, some.rows(), kept), 0)
                        .then()
                : read(view, wish, layers.loose(wish), kept);
    }

    private boolean isLatestFirst() {
        return sort.keys().getFirst().descending() && key.isOf("created");
    }

    private Mono<Void> read(RowView view, LooseWish wish, Flux<SourceRow> rows, SortStep.Kept kept) {
        return scan.meeting(run, view, wish, rows).doOnNext(kept::add).then();
    }
}
