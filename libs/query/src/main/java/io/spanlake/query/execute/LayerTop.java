package io.spanlake.query.execute;

import io.spanlake.query.column.ColumnVector;
import io.spanlake.query.column.KeyRun;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TimeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The first rows of a sort whose first key is a column:
 *
 * <ol>
 *   <li>loose rows are read, those that the columns leave out, and all of a part where they are few;
 *   <li>of all others the index selects, the columns say in which order they come;
 *   <li>so they are read run by run, and no more once no row of the next run can be among the first.
 * </ol>
 *
 * Rows without a value come last, and are read only where too few have one: then all of them, as further keys decide.
 */
final class LayerTop {
    private static final long KEPT_MAX = 2_000;
    private static final int RUN_MAX = 4_096;
    private static final int RUN_GROWTH = 4;
    /** A run finds its rows in the index anew, which is worth as many. */
    private static final int RUN_SPARE = 32;

    private static final int PARTS_AHEAD = 2;

    private final QueryRun run;
    private final Plan.Sort sort;
    private final LayerScan scan;
    private final List<Step> path;
    private final Optional<KeyedRows> keyed;

    private LayerTop(QueryRun run, Plan.Sort sort, LayerScan scan, List<Step> path) {
        this.run = run;
        this.sort = sort;
        this.scan = scan;
        this.path = path;
        this.keyed = KeyedRows.of(run, sort, path);
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
                .flatMap(scan -> pathOf(sort.keys()).map(path -> new LayerTop(run, sort, scan, path)));
    }

    private static Optional<List<Step>> pathOf(List<SortKey> keys) {
        return !keys.isEmpty()
                        && keys.getFirst().value() instanceof Scalar.Field field
                        && !keys.getFirst().nullsFirst()
                        && field.steps().stream().allMatch(Step.Key.class::isInstance)
                ? Optional.of(field.steps())
                : Optional.empty();
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
                .flatMap(parts -> add(view, parts, kept));
    }

    /** @param vector absent where the rows have to be read to know the key */
    private record Prepared(PartLayer part, RoaringBitmap rows, Optional<Scalar> rest, Optional<ColumnVector> vector) {}

    private Mono<Prepared> prepared(PartLayer part) {
        return part.select(scan.scan().hint()).flatMap(selection -> {
            var rest = scan.rest(selection);
            return column(part, selection.rows(), rest)
                    .map(vector -> new Prepared(part, selection.rows(), rest, vector));
        });
    }

    private Mono<Optional<ColumnVector>> column(PartLayer part, RoaringBitmap rows, Optional<Scalar> rest) {
        if (rows.isEmpty()) {
            return Mono.just(Optional.of(new ColumnVector.Nothing(rows)));
        }
        boolean few = rows.getLongCardinality() <= Math.min(most(), part.fewRows());
        boolean unread = keyed.isPresent() && rest.isEmpty();
        return few && !unread ? Mono.just(Optional.empty()) : part.column(path);
    }

    private Mono<Void> add(RowView view, List<Prepared> parts, SortStep.Kept kept) {
        var unordered = new ArrayList<Flux<Tuple>>();
        var ordered = new ArrayList<KeyRun.Part>();
        var partOf = new ArrayList<Prepared>();
        var last = new ArrayList<Mono<Void>>();
        for (var prepared : parts) {
            var part = prepared.vector().flatMap(vector -> KeyRun.Part.of(vector, prepared.rows(), ordered.size()));
            if (part.isEmpty()) {
                unordered.add(meeting(view, prepared, prepared.rows()));
                continue;
            }
            ordered.add(part.get());
            partOf.add(prepared);
            unordered.add(meeting(view, prepared, part.get().leftOut()));
            last.add(Mono.defer(() -> withKey(view, prepared, part.get().withoutKey())
                    .doOnNext(kept::add)
                    .then()));
        }
        boolean descending = sort.keys().getFirst().descending();
        var from = sort.after().map(after -> after.keys().getFirst());
        return Flux.fromIterable(unordered)
                .flatMap(rows -> rows, PARTS_AHEAD, 1)
                .doOnNext(kept::add)
                .thenMany(runs(view, new KeyRun(ordered, descending, from), partOf, kept, most()))
                .then(Mono.defer(
                        () -> kept.wants(NullValue.NULL) ? Flux.concat(last).then() : Mono.empty()));
    }

    private int most() {
        return Math.clamp(sort.keep().orElse(0), 1, RUN_MAX);
    }

    /** Run after run, each found when the rows before it were read and more are wanted. */
    private Mono<Void> runs(RowView view, KeyRun keys, List<Prepared> parts, SortStep.Kept kept, int rows) {
        return Mono.fromCallable(() -> keys.next(rows)).subscribeOn(run.work()).flatMap(places -> {
            if (places.isEmpty() || !kept.wants(keys.value(places.getFirst()))) {
                return Mono.empty();
            }
            long before = kept.added();
            return read(view, places, parts, kept)
                    .then(Mono.defer(
                            () -> runs(view, keys, parts, kept, next(rows, kept.added() - before, kept.missing()))));
        });
    }

    /** About as many as are needed, by how many of the last ones were among the first; a run is read whole. */
    private static int next(int rows, long found, long missing) {
        long expected = found == 0 ? Long.MAX_VALUE : RUN_SPARE + (missing + missing / 4) * rows / found;
        return (int) Math.min(expected, Math.min((long) RUN_GROWTH * rows, RUN_MAX));
    }

    /** In the order in which they lie, not in that of their keys: what is compressed together is then read once. */
    private Mono<Void> read(RowView view, List<KeyRun.Place> places, List<Prepared> parts, SortStep.Kept kept) {
        var rows = new TreeMap<Integer, RoaringBitmap>();
        for (var place : places) {
            rows.computeIfAbsent(place.part(), _ -> new RoaringBitmap()).add(place.row());
        }
        return Flux.fromIterable(rows.entrySet())
                .flatMap(some -> withKey(view, parts.get(some.getKey()), some.getValue()), PARTS_AHEAD, 1)
                .doOnNext(kept::add)
                .then();
    }

    /** @param rows of which the column says all */
    private Flux<Tuple> withKey(RowView view, Prepared prepared, RoaringBitmap rows) {
        return keyed.isPresent()
                        && prepared.rest().isEmpty()
                        && prepared.vector().isPresent()
                ? keyed.get()
                        .rows(view, prepared.part(), rows, prepared.vector().get())
                : meeting(view, prepared, rows);
    }

    private Flux<Tuple> meeting(RowView view, Prepared prepared, RoaringBitmap rows) {
        return scan.meeting(run, view, prepared.part(), rows, prepared.rest());
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
        return sort.keys().getFirst().descending() && path.equals(List.of(new Step.Key("created")));
    }

    private Mono<Void> read(RowView view, LooseWish wish, Flux<SourceRow> rows, SortStep.Kept kept) {
        return scan.meeting(run, view, wish, rows).doOnNext(kept::add).then();
    }
}
