package io.spanlake.query.execute;

import io.spanlake.model.Placement;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.TextValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps the rows whose hash is small: below a rate, or among the so many smallest. The same seed keeps the same rows. */
final class SampleStep {
    private static final double ALL = 0x1p64;

    private record Hashed(long hash, long place, Tuple tuple) {}

    private final QueryRun run;
    private final Plan.Sample sample;

    SampleStep(QueryRun run, Plan.Sample sample) {
        this.run = run;
        this.sample = sample;
    }

    Flux<Tuple> of(Flux<Tuple> rows) {
        if (sample.isRate()) {
            return rows.filter(tuple -> unsigned(hash(tuple)) < sample.amount() * ALL);
        }
        return Flux.defer(() -> {
            var kept = new PriorityQueue<Hashed>(Comparator.<Hashed>comparingLong(row -> row.hash ^ Long.MIN_VALUE)
                    .reversed());
            return rows.index()
                    .doOnNext(row -> keep(kept, new Hashed(hash(row.getT2()), row.getT1(), row.getT2())))
                    .then(Mono.fromSupplier(() -> inOrder(kept)))
                    .flatMapIterable(all -> all);
        });
    }

    private void keep(PriorityQueue<Hashed> kept, Hashed row) {
        kept.add(row);
        run.memory().take(row.tuple.bytes(), "a sample");
        if (kept.size() > sample.amount()) {
            run.memory().give(kept.remove().tuple.bytes());
        }
    }

    private static List<Tuple> inOrder(PriorityQueue<Hashed> kept) {
        var rows = new ArrayList<>(kept);
        rows.sort(Comparator.comparingLong(Hashed::place));
        return rows.stream().map(Hashed::tuple).toList();
    }

    private long hash(Tuple tuple) {
        var trace = sample.byTrace() && tuple.row().field("root_span_id") instanceof TextValue(var id) ? id : "";
        var order = tuple.order();
        var what = trace.isEmpty() ? order.key() + "/" + order.tie() + "/" + order.object() : trace;
        return Placement.hash(sample.seed() + ":" + what);
    }

    private static double unsigned(long hash) {
        return (hash >>> 1) * 2.0 + (hash & 1);
    }
}
