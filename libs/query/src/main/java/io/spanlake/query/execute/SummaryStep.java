package io.spanlake.query.execute;

import io.spanlake.query.plan.ObjectDocument;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.plan.ValueBytes;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.Canonical;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One row a trace, newest root first. Large fields of roots are kept only where a later step reads them. */
final class SummaryStep {
    static final Set<String> LARGE = Set.of("input", "output", "expected", "metadata");
    private static final int STATE_BYTES = 512;
    private static final Scalar COST = Scalar.Cost.ofSpan();

    private static final class Trace {
        final SpanConditions conditions;
        final List<SpanFacts> spans = new ArrayList<>();
        final Map<RowOrder, Value> tags = new HashMap<>();
        ObjectValue facets = ObjectValue.EMPTY;
        ObjectValue classifications = ObjectValue.EMPTY;
        Value transaction = NullValue.NULL;
        ObjectValue root = ObjectValue.EMPTY;
        RowOrder rootOrder = RowOrder.FIRST;
        boolean begun;
        boolean hasRoot;

        Trace(int conditions) {
            this.conditions = new SpanConditions(conditions);
        }
    }

    private final QueryRun run;
    private final Plan.Summary step;
    private final Set<String> kept;

    /** @param kept large fields that later steps read */
    SummaryStep(QueryRun run, Plan.Summary step, Set<String> kept) {
        this.run = run;
        this.step = step;
        this.kept = kept;
    }

    /** The summary that rows come from, where they still are its rows. */
    static Optional<Plan.Summary> below(Plan plan) {
        return switch (plan) {
            case Plan.Summary summary -> Optional.of(summary);
            case Plan.Filter filter -> below(filter.input());
            case Plan.Sort sort -> below(sort.input());
            case Plan.Page page -> below(page.input());
            case Plan.Sample sample -> below(sample.input());
            default -> Optional.empty();
        };
    }

    Flux<Tuple> rows() {
        return Flux.defer(() -> {
            var traces = new HashMap<TraceKey, Trace>();
            return run.scan(step.scan())
                    .filter(row -> step.spanFilter().isEmpty()
                            || run.evaluator().test(step.spanFilter().get(), row))
                    .doOnNext(span -> add(traces, span))
                    .then(Mono.fromSupplier(() -> rows(traces)))
                    .flatMapIterable(all -> all);
        });
    }

    private void add(Map<TraceKey, Trace> traces, Tuple span) {
        var key = TraceKey.of(span);
        var trace = traces.get(key);
        if (trace == null) {
            trace = new Trace(step.spans().size());
            traces.put(key, trace);
            run.memory().take(STATE_BYTES, "summaries");
        }
        trace.conditions.add(step.spans(), run.evaluator(), span);
        if (run.evaluator().test(step.returned(), span)) {
            var facts = SpanFacts.of(span, run.evaluator().evaluate(COST, span));
            trace.spans.add(facts);
            run.memory().take(facts.bytes(), "summaries");
        }
        gather(trace, span);
        root(trace, span);
    }

    private static void gather(Trace trace, Tuple span) {
        if (span.row().field("tags") instanceof ArrayValue tags) {
            trace.tags.put(span.order(), tags);
        }
        trace.facets = merged(trace.facets, span.row().field("facets"));
        trace.classifications = merged(trace.classifications, span.row().field("classifications"));
        var transaction = span.row().field("_xact_id");
        if (trace.transaction.isNull() || Compare.SORTED.compare(transaction, trace.transaction) > 0) {
            trace.transaction = transaction;
        }
    }

    private static ObjectValue merged(ObjectValue so, Value more) {
        if (!(more instanceof ObjectValue(var fields)) || fields.isEmpty()) {
            return so;
        }
        var all = new LinkedHashMap<>(so.fields());
        fields.forEach((key, value) ->
                all.merge(key, value, (a, b) -> Compare.SORTED.compare(Canonical.of(a), Canonical.of(b)) >= 0 ? a : b));
        return new ObjectValue(all);
    }

    /** The root, or the earliest span until it has arrived. */
    private void root(Trace trace, Tuple span) {
        boolean isRoot = span.row().field("is_root") == BooleanValue.TRUE;
        boolean better = !trace.begun
                || (isRoot && !trace.hasRoot)
                || (isRoot == trace.hasRoot && span.order().compareTo(trace.rootOrder) < 0);
        if (!better) {
            return;
        }
        trace.begun = true;
        trace.hasRoot = isRoot;
        trace.rootOrder = span.order();
        long before = ValueBytes.of(trace.root);
        var fields = new LinkedHashMap<String, Value>();
        span.row().whole().fields().forEach((name, value) -> {
            if (!LARGE.contains(name) || kept.contains(name)) {
                fields.put(name, value);
            }
        });
        for (var custom : step.custom()) {
            fields.put(custom.name(), run.evaluator().evaluate(custom.value(), span));
        }
        trace.root = new ObjectValue(fields);
        run.memory().take(ValueBytes.of(trace.root) - before, "the roots of summaries");
    }

    private List<Tuple> rows(Map<TraceKey, Trace> traces) {
        return traces.values().stream()
                .filter(trace -> trace.conditions.fit(step.traces(), run.evaluator()))
                .sorted(Comparator.<Trace, RowOrder>comparing(trace -> trace.rootOrder)
                        .reversed())
                .map(this::row)
                .toList();
    }

    private Tuple row(Trace trace) {
        var summary = new TraceSummary(trace.spans);
        var fields = new LinkedHashMap<>(trace.root.fields());
        var attributes = trace.root.get("span_attributes") instanceof ObjectValue object ? object : ObjectValue.EMPTY;
        var metrics = trace.root.get("metrics") instanceof ObjectValue object ? object : ObjectValue.EMPTY;
        fields.put("scores", summary.scores());
        fields.put("metrics", summary.metrics());
        fields.put(
                "span_type_info",
                summary.typeInfo(attributes, metrics.get("end").isNull()));
        fields.put("tags", tags(trace));
        fields.put("_xact_id", trace.transaction);
        if (!trace.facets.fields().isEmpty()) {
            fields.put("facets", trace.facets);
        }
        if (!trace.classifications.fields().isEmpty()) {
            fields.put("classifications", trace.classifications);
        }
        fields.remove("context");
        fields.remove("_async_scoring_state");
        var tuple = Tuple.of(new ObjectDocument(new ObjectValue(fields)), trace.rootOrder);
        for (var score : step.scores()) {
            var value = run.evaluator().evaluate(score.value(), tuple);
            var scores = tuple.row().field("scores") instanceof ObjectValue object ? object : ObjectValue.EMPTY;
            fields.put("scores", scores.with(score.name(), value));
            tuple = Tuple.of(new ObjectDocument(new ObjectValue(fields)), trace.rootOrder);
        }
        return tuple;
    }

    /** The root's first, then those of others in the order of their spans, each once. */
    private static Value tags(Trace trace) {
        if (trace.tags.isEmpty()) {
            return NullValue.NULL;
        }
        var all = new LinkedHashSet<Value>();
        if (trace.tags.get(trace.rootOrder) instanceof ArrayValue(var own)) {
            all.addAll(own);
        }
        trace.tags.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            if (entry.getValue() instanceof ArrayValue(var items)) {
                all.addAll(items);
            }
        });
        return new ArrayValue(List.copyOf(all));
    }
}
