package io.spanlake.query.execute;

import io.spanlake.query.column.KeyRun;
import io.spanlake.query.plan.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Run after run of rows in the order of their keys, each found when the rows before it were read and more are wanted. */
final class TopRuns {
    /** That are read at a time. */
    static final int ROWS_MAX = 4_096;
    /** Of rows that columns test first. */
    private static final int TESTED_MAX = 1 << 16;

    private static final int GROWTH = 4;
    /** A run finds its rows in the index anew, which is worth as many. */
    private static final int SPARE = 32;

    private static final int PARTS_AHEAD = 2;

    private final QueryRun run;
    private final RowView view;
    private final KeyRun keys;
    private final List<TopPart> parts;
    private final TopRows reads;
    private final SortStep.Kept kept;
    /** By their places; empty until a run brought too few. */
    private List<Optional<ColumnTest>> tests = List.of();

    TopRuns(QueryRun run, RowView view, KeyRun keys, List<TopPart> parts, TopRows reads, SortStep.Kept kept) {
        this.run = run;
        this.reads = reads;
        this.view = view;
        this.keys = keys;
        this.parts = parts;
        this.kept = kept;
    }

    /** @param rows of the first run */
    Mono<Void> read(int rows) {
        return Mono.fromCallable(() -> keys.next(rows)).subscribeOn(run.work()).flatMap(places -> {
            if (places.isEmpty() || !kept.wants(keys.first(places))) {
                return Mono.empty();
            }
            long before = kept.added();
            return readAdmitted(places).then(Mono.defer(() -> readNext(rows, kept.added() - before)));
        });
    }

    private Mono<Void> readNext(int rows, long found) {
        if (kept.missing() == 0 || !tests.isEmpty()) {
            return read(next(rows, found));
        }
        return Flux.fromIterable(parts)
                .concatMap(TopPart::test, 1)
                .collectList()
                .doOnNext(loaded -> tests = loaded)
                .then(Mono.defer(() -> read(next(rows, found))));
    }

    /** About as many as are needed, by how many of the last ones were among the first; a run is read whole. */
    private int next(int rows, long found) {
        boolean tested = !tests.isEmpty() && tests.stream().allMatch(Optional::isPresent);
        long missing = kept.missing();
        long expected = found == 0 ? Long.MAX_VALUE : SPARE + (missing + missing / 4) * rows / found;
        return (int) Math.min(expected, Math.min((long) GROWTH * rows, tested ? TESTED_MAX : ROWS_MAX));
    }

    private Mono<Void> readAdmitted(List<KeyRun.Place> places) {
        return tests.isEmpty()
                ? read(places)
                : Mono.fromCallable(() -> admitted(places))
                        .subscribeOn(run.work())
                        .flatMapMany(admitted -> Flux.fromIterable(parted(admitted)))
                        .takeWhile(some -> kept.wants(keys.first(some)))
                        .concatMap(this::read, 0)
                        .then();
    }

    /** About as many at a time as are missing, and those with equal keys together: of them any may be the first. */
    private List<List<KeyRun.Place>> parted(List<KeyRun.Place> places) {
        int together = together();
        var parted = new ArrayList<List<KeyRun.Place>>();
        int first = 0;
        for (int i = 1; i <= places.size(); i++) {
            boolean isEnd = i == places.size();
            if (isEnd
                    || (i - first >= together
                            && places.get(i).key() != places.get(i - 1).key())) {
                parted.add(places.subList(first, i));
                first = i;
            }
        }
        return parted;
    }

    /** Rows that are sure to be wanted: no more are read than are missing. */
    private int together() {
        boolean sure =
                tests.stream().allMatch(test -> test.filter(ColumnTest::isWhole).isPresent());
        return sure ? (int) Math.min(kept.missing() + SPARE, ROWS_MAX) : ROWS_MAX;
    }

    private List<KeyRun.Place> admitted(List<KeyRun.Place> places) {
        var admitted = new ArrayList<KeyRun.Place>();
        for (var place : places) {
            var test = tests.get(place.part());
            if (test.isEmpty() || test.get().admits(place.row())) {
                admitted.add(place);
            }
        }
        return admitted;
    }

    /** In the order in which they lie, not in that of their keys: what is compressed together is then read once. */
    private Mono<Void> read(List<KeyRun.Place> places) {
        var rows = new TreeMap<Integer, RoaringBitmap>();
        for (var place : places) {
            rows.computeIfAbsent(place.part(), _ -> new RoaringBitmap()).add(place.row());
        }
        return Flux.fromIterable(rows.entrySet())
                .flatMap(some -> rows(some.getKey(), some.getValue()), PARTS_AHEAD, 1)
                .doOnNext(kept::add)
                .then();
    }

    private Flux<Tuple> rows(int part, RoaringBitmap rows) {
        var prepared = parts.get(part);
        return tests.isEmpty() || tests.get(part).isEmpty()
                ? reads.withKey(view, prepared, rows)
                : reads.admitted(view, prepared, rows, tests.get(part).get());
    }
}
