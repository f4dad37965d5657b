package io.spanlake.query.execute;

import io.spanlake.query.column.ColumnNeed;
import io.spanlake.query.column.ColumnNeeds;
import io.spanlake.query.column.ColumnTuples;
import io.spanlake.query.column.ColumnVector;
import io.spanlake.query.column.Kernels;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.Measure;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Groups the rows of a scan layer by layer:
 *
 * <ol>
 *   <li>loose rows are read and go one by one;
 *   <li>of each part the index selects rows, exactly or more than are wanted;
 *   <li>where columns have what keys, aggregates and the rest of the condition need, those rows are not read;
 *   <li>rows that columns leave out, and all where columns lack something, are read and go one by one.
 * </ol>
 */
final class LayerGroups {
    private static final int PARTS_AHEAD = 2;
    /** Their results depend on values alone. */
    private static final Set<String> OF_VALUES = Set.of(
            "count",
            "count_if",
            "count_distinct",
            "approx_count_distinct",
            "sum",
            "avg",
            "mean",
            "variance",
            "stddev",
            "min",
            "max",
            "percentile",
            "approx_percentile",
            "median",
            "p50",
            "p90",
            "p95",
            "p99");

    private final QueryRun run;
    private final Plan.Group step;
    private final LayerScan scan;

    private LayerGroups(QueryRun run, Plan.Group step, LayerScan scan) {
        this.run = run;
        this.step = step;
        this.scan = scan;
    }

    /** Empty where the groups are not of the rows of a scan that lie in layers. */
    static Optional<LayerGroups> of(QueryRun run, Plan.Group step) {
        return LayerScan.of(step.input())
                .filter(scan -> run.views(scan.scan().objects()).stream()
                        .allMatch(view ->
                                view.layers(Optional.empty(), ScanWatch.NONE).isPresent()))
                .map(scan -> new LayerGroups(run, step, scan));
    }

    Mono<Void> addTo(GroupStep groups) {
        return Mono.defer(() -> {
            var watch = run.progress().begin(scan.scan().objects(), scan.scan().hint());
            return Flux.fromIterable(run.views(scan.scan().objects()))
                    .concatMap(view ->
                            add(view, view.layers(scan.scan().fields(), watch).orElseThrow(), groups))
                    .then();
        });
    }

    private Mono<Void> add(RowView view, RowLayers layers, GroupStep groups) {
        var parts = Flux.fromIterable(layers.parts())
                .flatMapSequential(part -> prepared(part), PARTS_AHEAD, 1)
                .concatMap(prepared -> add(view, prepared, groups), 1);
        var wish = scan.loose(run, view, countsOnly());
        return scan.meeting(run, view, wish, layers.loose(wish))
                .doOnNext(groups::add)
                .thenMany(parts)
                .then();
    }

    private Mono<Void> read(RowView view, Prepared prepared, RoaringBitmap rows, GroupStep groups) {
        return scan.meeting(run, view, prepared.part(), rows, prepared.rest())
                .doOnNext(groups::add)
                .then();
    }

    /** Whether rows are counted, and nothing of them asked. */
    private boolean countsOnly() {
        return step.keys().isEmpty()
                && step.measures().stream()
                        .allMatch(measure -> isCount(measure)
                                && measure.arguments().isEmpty()
                                && measure.filter().isEmpty());
    }

    /** @param vectors absent where the rows have to be read */
    private record Prepared(
            PartLayer part,
            RoaringBitmap rows,
            Optional<Scalar> rest,
            Optional<Map<List<Step>, ColumnVector>> vectors) {}

    private Mono<Prepared> prepared(PartLayer part) {
        return part.select(scan.scan().hint()).flatMap(selection -> {
            var rest = scan.rest(selection);
            var needs = selection.rows().getLongCardinality() <= part.fewRows()
                    ? Optional.<Map<List<Step>, ColumnNeed>>empty()
                    : needs(rest);
            return needs.map(paths -> PartColumns.of(part, paths))
                    .orElse(Mono.just(Optional.empty()))
                    .map(vectors -> new Prepared(part, selection.rows(), rest, vectors));
        });
    }

    private Optional<Map<List<Step>, ColumnNeed>> needs(Optional<Scalar> rest) {
        var valued = new ArrayList<>(step.keys());
        var counted = new ArrayList<Scalar>();
        rest.ifPresent(valued::add);
        for (var measure : step.measures()) {
            if (!OF_VALUES.contains(measure.aggregate().name()) || givesTimes(measure)) {
                return Optional.empty();
            }
            measure.filter().ifPresent(valued::add);
            (isCount(measure) ? counted : valued).addAll(measure.arguments());
        }
        return ColumnNeeds.of(valued, counted);
    }

    /** The smallest and largest time are given as they were sent, which no column knows. */
    private static boolean givesTimes(Measure measure) {
        var name = measure.aggregate().name();
        return (name.equals("min") || name.equals("max"))
                && measure.arguments().stream().anyMatch(argument -> argument.type() == ValueType.TIME);
    }

    static boolean isCount(Measure measure) {
        return measure.aggregate().name().equals("count") && !measure.distinct();
    }

    /** The rows one by one, with what is asked of them, for groups that have no room in memory. */
    Flux<Tuple> tuples() {
        return Flux.defer(() -> {
            var watch = run.progress().begin(scan.scan().objects(), scan.scan().hint());
            return Flux.fromIterable(run.views(scan.scan().objects()))
                    .concatMap(view -> tuples(
                            view, view.layers(scan.scan().fields(), watch).orElseThrow()));
        });
    }

    private Flux<Tuple> tuples(RowView view, RowLayers layers) {
        var wish = scan.loose(run, view, false);
        return scan.meeting(run, view, wish, layers.loose(wish))
                .concatWith(Flux.fromIterable(layers.parts())
                        .concatMap(this::prepared, 1)
                        .concatMap(prepared -> tuples(view, prepared), 1));
    }

    private Flux<Tuple> tuples(RowView view, Prepared prepared) {
        if (prepared.vectors().isEmpty()) {
            return scan.meeting(run, view, prepared.part(), prepared.rows(), prepared.rest());
        }
        var vectors = prepared.vectors().get();
        var leftOut = leftOut(prepared, vectors);
        var served = RoaringBitmap.andNot(prepared.rows(), leftOut);
        return Flux.fromIterable(() -> new ColumnTuples(new Kernels(vectors, run.evaluator()), served, prepared.rest()))
                .subscribeOn(run.work())
                .concatWith(scan.meeting(run, view, prepared.part(), leftOut, prepared.rest()));
    }

    private static RoaringBitmap leftOut(Prepared prepared, Map<List<Step>, ColumnVector> vectors) {
        var leftOut = new RoaringBitmap();
        vectors.values().forEach(vector -> leftOut.or(vector.leftOut()));
        leftOut.and(prepared.rows());
        return leftOut;
    }

    private Mono<Void> add(RowView view, Prepared prepared, GroupStep groups) {
        if (prepared.vectors().isEmpty()) {
            return read(view, prepared, prepared.rows(), groups);
        }
        var vectors = prepared.vectors().get();
        var leftOut = leftOut(prepared, vectors);
        var served = leftOut.isEmpty() ? prepared.rows() : RoaringBitmap.andNot(prepared.rows(), leftOut);
        return Mono.<Void>fromRunnable(() -> new PartGroups(groups, step, new Kernels(vectors, run.evaluator()))
                        .add(served, prepared.rest()))
                .subscribeOn(run.work())
                .then(read(view, prepared, leftOut, groups));
    }
}
