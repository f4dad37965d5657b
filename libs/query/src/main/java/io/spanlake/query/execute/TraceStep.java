package io.spanlake.query.execute;

import io.spanlake.query.plan.CursorPoint;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.storage.part.index.FieldPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The spans of traces that fit, in two passes: which traces, then their spans. Traces lie in the order of their best span, the
 * spans of each by start.
 */
final class TraceStep {
    private static final int STATE_BYTES = 320;
    private static final int IDS_ASKED_MAX = 10_000;

    private static final class Trace {
        final SpanConditions conditions;
        List<Value> keys = List.of();
        RowOrder order = RowOrder.FIRST;
        boolean begun;

        Trace(int conditions) {
            this.conditions = new SpanConditions(conditions);
        }
    }

    private record Ranked(int rank, NumberValue start, Tuple span) {}

    private final QueryRun run;
    private final Plan.Traces step;
    private final List<Scalar> sortValues;

    TraceStep(QueryRun run, Plan.Traces step) {
        this.run = run;
        this.step = step;
        this.sortValues = step.keys().stream().map(SortKey::value).toList();
    }

    Flux<Tuple> rows() {
        return Flux.defer(() -> {
            var traces = new HashMap<TraceKey, Trace>();
            return spans(run.scan(step.scan()))
                    .doOnNext(span -> add(traces, span))
                    .then(Mono.fromSupplier(() -> chosen(traces)))
                    .flatMapMany(this::spansOf);
        });
    }

    private Flux<Tuple> spans(Flux<Tuple> rows) {
        return step.spanFilter().isEmpty()
                ? rows
                : rows.filter(row -> run.evaluator().test(step.spanFilter().get(), row));
    }

    private void add(Map<TraceKey, Trace> traces, Tuple span) {
        var key = TraceKey.of(span);
        var trace = traces.get(key);
        if (trace == null) {
            trace = new Trace(step.spans().size());
            traces.put(key, trace);
            run.memory().take(STATE_BYTES, "traces");
        }
        trace.conditions.add(step.spans(), run.evaluator(), span);
        var keys = run.evaluator().arguments(sortValues, span);
        if (!trace.begun || SortStep.compare(step.keys(), keys, span.order(), trace.keys, trace.order) < 0) {
            trace.begun = true;
            trace.keys = keys;
            trace.order = span.order();
        }
    }

    /** The traces that fit, in order: their ranks. */
    private Map<TraceKey, Integer> chosen(Map<TraceKey, Trace> traces) {
        var fitting = new ArrayList<Map.Entry<TraceKey, Trace>>();
        for (var entry : traces.entrySet()) {
            var trace = entry.getValue();
            boolean behind =
                    step.after().isEmpty() || isBehind(trace, step.after().get());
            if (behind && trace.conditions.fit(step.traces(), run.evaluator())) {
                fitting.add(entry);
            }
        }
        fitting.sort((a, b) -> SortStep.compare(
                step.keys(), a.getValue().keys, a.getValue().order, b.getValue().keys, b.getValue().order));
        int kept = (int) Math.min(fitting.size(), step.tracesMax().orElse(Integer.MAX_VALUE));
        if (kept > 0 && kept < fitting.size()) {
            var last = fitting.get(kept - 1).getValue();
            run.tracesEnd(new CursorPoint(last.keys, last.order));
        }
        var ranks = new HashMap<TraceKey, Integer>();
        for (int rank = 0; rank < kept; rank++) {
            ranks.put(fitting.get(rank).getKey(), rank);
        }
        return ranks;
    }

    private boolean isBehind(Trace trace, CursorPoint place) {
        return SortStep.compare(step.keys(), trace.keys, trace.order, place.keys(), place.order()) > 0;
    }

    private Flux<Tuple> spansOf(Map<TraceKey, Integer> ranks) {
        if (ranks.isEmpty()) {
            return Flux.empty();
        }
        var spans = spans(run.again(step.scan().objects(), hint(ranks)))
                .filter(span -> ranks.containsKey(TraceKey.of(span)))
                .filter(span -> run.evaluator().test(step.returned(), span));
        if (step.tracesMax().isEmpty()) {
            return spans;
        }
        return spans.doOnNext(span -> run.memory().take(span.bytes(), "the spans of traces"))
                .map(span -> new Ranked(ranks.getOrDefault(TraceKey.of(span), 0), start(span), span))
                .collectSortedList(Comparator.comparingInt(Ranked::rank)
                        .thenComparing(Ranked::start, Compare::numbers)
                        .thenComparing(ranked -> ranked.span.order()))
                .flatMapIterable(all -> all)
                .map(Ranked::span);
    }

    private static Hint hint(Map<TraceKey, Integer> ranks) {
        if (ranks.size() > IDS_ASKED_MAX
                || ranks.keySet().stream().anyMatch(key -> key.id().startsWith("row "))) {
            return Hint.ALL;
        }
        var ids = ranks.keySet().stream()
                .<Value>map(key -> new TextValue(key.id()))
                .toList();
        return new Hint.Equal(List.of(FieldPath.of("root_span_id")), ids);
    }

    private static NumberValue start(Tuple span) {
        return span.row().field("metrics") instanceof ObjectValue metrics
                        && metrics.get("start") instanceof NumberValue start
                ? start
                : LongValue.ZERO;
    }
}
