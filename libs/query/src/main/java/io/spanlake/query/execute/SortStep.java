package io.spanlake.query.execute;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.plan.CursorPoint;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.ScalarTree;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.plan.ValueBytes;
import io.spanlake.query.spill.SpillFiles;
import io.spanlake.query.spill.SpillSpace;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sorts; where only so many are needed, no more than those are held. Nulls come last in both directions unless asked for first;
 * rows with equal keys newest first.
 */
final class SortStep {
    private record Keyed(List<Value> keys, RowOrder order, Tuple tuple, long bytes) {}

    private static final long ROW_BYTES = 64;

    private final QueryRun run;
    private final Plan.Sort sort;
    private final Comparator<Keyed> comparator;
    /** Fields of a row that is held; empty where it is held whole. */
    private final Optional<Set<String>> held;

    SortStep(QueryRun run, Plan.Sort sort) {
        this.run = run;
        this.sort = sort;
        this.comparator = (a, b) -> compare(sort.keys(), a.keys, a.order, b.keys, b.order);
        this.held = sort.shown().map(shown -> withKeys(shown, sort.keys()));
    }

    /** Keys are computed anew of what came back from disk, and by cursors. */
    private static Set<String> withKeys(Set<String> shown, List<SortKey> keys) {
        var fields = new HashSet<>(shown);
        keys.forEach(key -> fields.addAll(ScalarTree.fields(key.value())));
        return fields;
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
        var kept = new Kept();
        if (run.spill().isPresent()) {
            return spilling(rows, kept, run.spill().get());
        }
        return rows.doOnNext(kept::add).then(Mono.fromSupplier(kept::sorted)).flatMapIterable(all -> all);
    }

    /** What passes the step's share of memory goes to disk, sorted; at the end all runs are merged. */
    private Flux<Tuple> spilling(Flux<Tuple> rows, Kept kept, SpillSpace space) {
        return Flux.using(
                () -> new SpillFiles(space),
                files -> rows.<Kept>handle((tuple, sink) -> {
                            kept.add(tuple);
                            if (kept.bytes > run.memory().shareBytes()) {
                                sink.next(kept.takeAll());
                            }
                        })
                        .concatMap(full -> written(full, files, space), 1)
                        .thenMany(Flux.defer(() -> merged(kept, files, space))),
                SpillFiles::discard);
    }

    private Mono<Void> written(Kept full, SpillFiles files, SpillSpace space) {
        return Mono.<Void>fromRunnable(() -> {
                    files.write(full.sorted());
                    full.release();
                })
                .subscribeOn(space.disk());
    }

    private Flux<Tuple> merged(Kept kept, SpillFiles files, SpillSpace space) {
        var last = kept.sorted();
        if (files.isEmpty()) {
            return Flux.fromIterable(last);
        }
        Comparator<Tuple> order = Comparator.comparing(this::keyed, comparator);
        var all = run.fromDisk(space, Flux.fromIterable(() -> files.merged(last, order)));
        return sort.keep().isPresent() ? all.take(sort.keep().getAsLong()) : all;
    }

    private Keyed keyed(Tuple tuple) {
        return keyed(
                run.evaluator()
                        .arguments(sort.keys().stream().map(SortKey::value).toList(), tuple),
                tuple);
    }

    private static Keyed keyed(List<Value> keys, Tuple tuple) {
        long bytes = ROW_BYTES + tuple.bytes();
        for (var key : keys) {
            bytes += ValueBytes.of(key);
        }
        return new Keyed(keys, tuple.order(), tuple, bytes);
    }

    /** The first rows so far, and the memory that they take. Not thread-safe. */
    final class Kept {
        private final long most = sort.keep().orElse(Long.MAX_VALUE);
        /** All rows, in the order in which they came: those of groups are in order already, which a sort sees. */
        private List<Keyed> rows = new ArrayList<>();

        /** Instead of these once there are more than are wanted; the last one is its head. */
        private final PriorityQueue<Keyed> first = new PriorityQueue<>(comparator.reversed());

        private long bytes;
        private long added;

        void add(Tuple tuple) {
            var whole = keyed(tuple);
            if (sort.after().isPresent() && !isBehind(whole, sort.after().get())) {
                return;
            }
            if (first.size() >= most && (most == 0 || comparator.compare(whole, first.element()) >= 0)) {
                return;
            }
            var keyed = held.isPresent() ? keyed(whole.keys, tuple.only(held.get())) : whole;
            if (first.size() >= most) {
                give(first.remove().bytes);
                first.add(keyed);
            } else {
                rows.add(keyed);
                if (rows.size() == most) {
                    first.addAll(rows);
                    rows = new ArrayList<>();
                }
            }
            added++;
            bytes += keyed.bytes;
            run.memory().take(keyed.bytes, "a sort");
        }

        /** How many rows were among the first when they came. */
        long added() {
            return added;
        }

        /** How many more there may be until rows that come later push others out. */
        long missing() {
            return Math.max(0, most - Math.max(first.size(), rows.size()));
        }

        private void give(long less) {
            bytes -= less;
            run.memory().give(less);
        }

        /** Whether a row with this first key, or any behind it, could be among the first. */
        boolean wants(Value firstKey) {
            return first.size() < most
                    || (most > 0
                            && compare(
                                            sort.keys().getFirst(),
                                            firstKey,
                                            first.element().keys.getFirst())
                                    <= 0);
        }

        List<Tuple> sorted() {
            var all = new ArrayList<>(rows);
            all.addAll(first);
            all.sort(AbandonedException.checked(comparator));
            return all.stream().map(Keyed::tuple).toList();
        }

        /** What it has, with the memory; it begins anew. */
        Kept takeAll() {
            var taken = new Kept();
            taken.rows = rows;
            taken.rows.addAll(first);
            taken.bytes = bytes;
            rows = new ArrayList<>();
            first.clear();
            bytes = 0;
            return taken;
        }

        void release() {
            rows.clear();
            first.clear();
            give(bytes);
        }
    }

    private boolean isBehind(Keyed row, CursorPoint place) {
        return compare(sort.keys(), row.keys, row.order, place.keys(), place.order()) > 0;
    }
}
