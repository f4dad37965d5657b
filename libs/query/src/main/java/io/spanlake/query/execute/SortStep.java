package io.spanlake.query.execute;

import io.spanlake.query.plan.CursorPoint;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.spill.SpillFiles;
import io.spanlake.query.spill.SpillSpace;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sorts; where only so many are needed, no more than those are held. Nulls come last in both directions unless asked for first;
 * rows with equal keys newest first.
 */
final class SortStep {
    private record Keyed(List<Value> keys, RowOrder order, Tuple tuple, long bytes) {}

    private final QueryRun run;
    private final Plan.Sort sort;
    private final Comparator<Keyed> comparator;
    private long held;

    SortStep(QueryRun run, Plan.Sort sort) {
        this.run = run;
        this.sort = sort;
        this.comparator = (a, b) -> compare(sort.keys(), a.keys, a.order, b.keys, b.order);
    }

    static int compare(List<SortKey> keys, List<Value> a, RowOrder aOrder, List<Value> b, RowOrder bOrder) {
        for (int i = 0; i < keys.size(); i++) {
            int order = compare(keys.get(i), a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return bOrder.compareTo(aOrder);
    }

    private static int compare(SortKey key, Value a, Value b) {
        if (a.isNull() || b.isNull()) {
            int nullsLast = Boolean.compare(a.isNull(), b.isNull());
            return key.nullsFirst() ? -nullsLast : nullsLast;
        }
        int order = Compare.SORTED.compare(a, b);
        return key.descending() ? -order : order;
    }

    Flux<Tuple> of(Flux<Tuple> rows) {
        var kept = new PriorityQueue<Keyed>(comparator.reversed());
        if (run.spill().isPresent()) {
            return spilling(rows, kept, run.spill().get());
        }
        return rows.doOnNext(tuple -> keep(kept, tuple))
                .then(Mono.fromSupplier(() -> sorted(kept)))
                .flatMapIterable(all -> all);
    }

    /** What passes the step's share of memory goes to disk, sorted; at the end all runs are merged. */
    private Flux<Tuple> spilling(Flux<Tuple> rows, PriorityQueue<Keyed> kept, SpillSpace space) {
        return Flux.using(
                () -> new SpillFiles(space),
                files -> rows.<List<Keyed>>handle((tuple, sink) -> {
                            keep(kept, tuple);
                            if (held > run.memory().shareBytes()) {
                                held = 0;
                                var full = new ArrayList<>(kept);
                                kept.clear();
                                sink.next(full);
                            }
                        })
                        .concatMap(full -> written(full, files, space), 1)
                        .thenMany(Flux.defer(() -> merged(kept, files, space))),
                SpillFiles::discard);
    }

    private Mono<Void> written(List<Keyed> full, SpillFiles files, SpillSpace space) {
        return Mono.<Void>fromRunnable(() -> {
                    full.sort(comparator);
                    files.write(full.stream().map(Keyed::tuple).toList());
                    run.memory().give(full.stream().mapToLong(Keyed::bytes).sum());
                })
                .subscribeOn(space.disk());
    }

    private Flux<Tuple> merged(PriorityQueue<Keyed> kept, SpillFiles files, SpillSpace space) {
        var last = sorted(kept);
        if (files.isEmpty()) {
            return Flux.fromIterable(last);
        }
        Comparator<Tuple> order = Comparator.comparing(this::keyed, comparator);
        var all = run.fromDisk(space, Flux.fromIterable(() -> files.merged(last, order)));
        return sort.keep().isPresent() ? all.take(sort.keep().getAsLong()) : all;
    }

    private Keyed keyed(Tuple tuple) {
        var keys = run.evaluator()
                .arguments(sort.keys().stream().map(SortKey::value).toList(), tuple);
        return new Keyed(keys, tuple.order(), tuple, 0);
    }

    private void keep(PriorityQueue<Keyed> kept, Tuple tuple) {
        var keyed = keyed(tuple);
        if (sort.after().isPresent() && !isBehind(keyed, sort.after().get())) {
            return;
        }
        long most = sort.keep().orElse(Long.MAX_VALUE);
        if (kept.size() >= most) {
            if (most == 0 || comparator.compare(keyed, kept.element()) >= 0) {
                return;
            }
            long less = kept.remove().bytes;
            run.memory().give(less);
            held -= less;
        }
        long bytes = 64 + tuple.bytes();
        run.memory().take(bytes, "a sort");
        held += bytes;
        kept.add(new Keyed(keyed.keys, tuple.order(), tuple, bytes));
    }

    /** The first rows so far. Not thread-safe. */
    final class Kept {
        private final PriorityQueue<Keyed> rows = new PriorityQueue<>(comparator.reversed());
        private final long most = sort.keep().orElse(Long.MAX_VALUE);

        void add(Tuple tuple) {
            var keys = run.evaluator()
                    .arguments(sort.keys().stream().map(SortKey::value).toList(), tuple);
            var keyed = new Keyed(keys, tuple.order(), tuple, 64);
            if (sort.after().isPresent() && !isBehind(keyed, sort.after().get())) {
                return;
            }
            if (rows.size() >= most) {
                if (most == 0 || comparator.compare(keyed, rows.element()) >= 0) {
                    return;
                }
                run.memory().give(rows.remove().bytes);
            }
            long bytes = 64 + tuple.bytes();
            run.memory().take(bytes, "a sort");
            rows.add(new Keyed(keys, tuple.order(), tuple, bytes));
        }

        /** Whether a row with this first key, or any behind it, could be among the first. */
        boolean wants(Value firstKey) {
            return rows.size() < most
                    || (most > 0
                            && compare(
                                            sort.keys().getFirst(),
                                            firstKey,
                                            rows.element().keys.getFirst())
                                    <= 0);
        }

        List<Tuple> sorted() {
            var all = new ArrayList<>(rows);
            all.sort(comparator);
            return all.stream().map(Keyed::tuple).toList();
        }
    }

    private boolean isBehind(Keyed row, CursorPoint place) {
        return compare(sort.keys(), row.keys, row.order, place.keys(), place.order()) > 0;
    }

    private List<Tuple> sorted(PriorityQueue<Keyed> kept) {
        var rows = new ArrayList<>(kept);
        rows.sort(comparator);
        return rows.stream().map(Keyed::tuple).toList();
    }
}
