package io.spanlake.query.scan;

import io.spanlake.query.column.ColumnVector;
import io.spanlake.query.execute.PartLayer;
import io.spanlake.query.execute.ScanWatch;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.part.PartVectors;
import io.spanlake.query.part.VisiblePart;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.Hints;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** One part of a snapshot. */
final class PartRows implements PartLayer {
    private final VisiblePart part;
    private final PartVectors vectors;
    private final RowFetch fetch;
    private final Optional<Set<String>> fields;
    private final KnownHints known;
    private final Scheduler search;
    private final ScanWatch watch;
    private final PlaceWatch told;

    PartRows(
            VisiblePart part,
            PartVectors vectors,
            RowFetch fetch,
            Optional<Set<String>> fields,
            KnownHints known,
            Scheduler search,
            ScanWatch watch) {
        this.part = part;
        this.vectors = vectors;
        this.fetch = fetch;
        this.fields = fields;
        this.known = known;
        this.search = search;
        this.watch = watch;
        this.told = new PlaceWatch(watch);
    }

    @Override
    public Mono<Selection> select(Hint hint) {
        var selected = told.asked(
                part.part().name(),
                () -> selected(
                        PartHints.found(part, hint, known),
                        known.seen(part.part().name(), hint)),
                search);
        return told.of(selected)
                .doOnNext(selection -> watch.admitted(
                        part.part().name(), part.rows(), selection.rows().getLongCardinality()));
    }

    @Override
    public int fewRows() {
        return vectors.settings().fewRows();
    }

    private Selection selected(PartHints.Found found, KnownHints.Seen seen) {
        var visible = found.rows()
                .map(rows -> RoaringBitmap.andNot(rows, part.hidden()))
                .orElseGet(() -> RoaringBitmap.flip(
                        part.hidden(), 0L, part.part().reader().rows()));
        if (found.exact()) {
            return new Selection(visible, true);
        }
        visible.andNot(seen.failing());
        return new Selection(visible, seen.meeting().contains(visible));
    }

    @Override
    public void learn(Hint hint, RoaringBitmap read, RoaringBitmap meeting) {
        known.learn(part.part().name(), hint, read, meeting);
    }

    @Override
    public Mono<RoaringBitmap> sifted(Hint hint, RoaringBitmap rows) {
        return RowBytes.beyondIndexes(hint)
                .map(test -> told.of(fetch.sifted(part.part(), rows.toArray(), test, watch)))
                .orElseGet(() -> Mono.just(rows));
    }

    @Override
    public Flux<SourceRow> rows(int[] ordinals) {
        return told.of(fetch.rows(part.part(), ordinals, fields))
                .doOnNext(row -> watch.read(part.part().name(), row));
    }

    @Override
    public Flux<SourceRow> keys(int[] ordinals) {
        return told.of(fetch.keys(part.part(), ordinals));
    }

    @Override
    public Mono<Optional<ColumnVector>> column(List<Step> path) {
        return told.of(vectors.column(part.part(), keysOf(path), Hints.paths(new Scalar.Field(path, ValueType.ANY))));
    }

    @Override
    public Mono<Optional<ColumnVector>> presence(List<Step> path) {
        return told.of(vectors.presence(part.part(), Hints.paths(new Scalar.Field(path, ValueType.ANY))));
    }

    private static List<String> keysOf(List<Step> path) {
        return path.stream().map(step -> ((Step.Key) step).name()).toList();
    }
}
