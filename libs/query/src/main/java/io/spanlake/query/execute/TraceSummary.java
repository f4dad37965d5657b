package io.spanlake.query.execute;

import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The numbers of a trace from its spans. Pure; sums run in the order of first writes, so that every layout gives the same.
 *
 * <p>What scorers and those below them did counts in scores, and in nothing else: it is not the application's.
 */
final class TraceSummary {
    private static final Set<String> SUMMED =
            Set.of("prompt_tokens", "completion_tokens", "prompt_cached_tokens", "prompt_cache_creation_tokens");
    private static final Set<String> OWN = Set.of(
            "start", "end", "tokens", "total_tokens", "estimated_cost", "duration", "time_to_first_token", "cached");

    private final List<SpanFacts> all;
    private final List<SpanFacts> work;

    TraceSummary(List<SpanFacts> spans) {
        this.all = new ArrayList<>(spans);
        this.all.sort(Comparator.comparing(SpanFacts::order));
        var judges = judges(all);
        this.work = all.stream().filter(span -> !judges.contains(span)).toList();
    }

    private static Set<SpanFacts> judges(List<SpanFacts> spans) {
        if (spans.stream().noneMatch(SpanFacts::judge)) {
            return Set.of();
        }
        var children = new HashMap<String, List<SpanFacts>>();
        spans.forEach(span -> span.parents()
                .forEach(parent ->
                        children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(span)));
        var judges = new HashSet<SpanFacts>();
        var open = new ArrayList<>(spans.stream().filter(SpanFacts::judge).toList());
        while (!open.isEmpty()) {
            var span = open.removeLast();
            if (judges.add(span)) {
                open.addAll(children.getOrDefault(span.spanId(), List.of()));
            }
        }
        return judges;
    }

    /** Each score's average over the spans that have it. */
    ObjectValue scores() {
        var names = new TreeMap<String, List<Double>>();
        for (var span : all) {
            span.scores()
                    .forEach((name, score) ->
                            names.computeIfAbsent(name, _ -> new ArrayList<>()).add(score));
        }
        var scores = new LinkedHashMap<String, Value>();
        names.forEach((name, values) -> scores.put(name, mean(values)));
        return new ObjectValue(scores);
    }

    ObjectValue metrics() {
        var metrics = new TreeMap<String, Value>();
        custom(metrics);
        for (var name : SUMMED) {
            if (work.stream().anyMatch(span -> span.metric(name).isPresent())) {
                metrics.put(name, sum(span -> span.metric(name).orElse(0)));
            }
        }
        if (work.stream().anyMatch(TraceSummary::hasTokens)) {
            metrics.put("total_tokens", sum(TraceSummary::tokens));
        }
        if (work.stream().anyMatch(span -> span.cost().isPresent())) {
            metrics.put("estimated_cost", sum(span -> span.cost().orElse(0)));
        }
        metrics.put("llm_calls", count("llm"));
        metrics.put("tool_calls", count("tool"));
        long llmErrors = errors("llm");
        long toolErrors = errors("tool");
        metrics.put("llm_errors", new LongValue(llmErrors));
        metrics.put("tool_errors", new LongValue(toolErrors));
        metrics.put("errors", new LongValue(llmErrors + toolErrors));
        times(metrics);
        return new ObjectValue(new LinkedHashMap<>(metrics));
    }

    private void times(Map<String, Value> metrics) {
        var start = numbers("start").min();
        var end = numbers("end").max();
        start.ifPresent(at -> metrics.put("start", NumberValue.of(at)));
        end.ifPresent(at -> metrics.put("end", NumberValue.of(at)));
        if (start.isPresent() && end.isPresent()) {
            metrics.put("duration", NumberValue.of(end.getAsDouble() - start.getAsDouble()));
        }
        var llm = work.stream().filter(span -> span.type().equals("llm")).toList();
        var durations = llm.stream()
                .filter(span ->
                        span.metric("start").isPresent() && span.metric("end").isPresent())
                .mapToDouble(span ->
                        span.metric("end").getAsDouble() - span.metric("start").getAsDouble())
                .toArray();
        if (durations.length > 0) {
            metrics.put(
                    "llm_duration", NumberValue.of(DoubleStream.of(durations).sum()));
        }
        var first = llm.stream()
                .filter(span -> span.metric("time_to_first_token").isPresent())
                .map(span -> span.metric("time_to_first_token").getAsDouble())
                .toList();
        if (!first.isEmpty()) {
            metrics.put("time_to_first_token", mean(first));
        }
    }

    private DoubleStream numbers(String metric) {
        return work.stream()
                .filter(span -> span.metric(metric).isPresent())
                .mapToDouble(span -> span.metric(metric).getAsDouble());
    }

    /** Metrics of users' own: sums where their name says that they count, else averages. */
    private void custom(Map<String, Value> metrics) {
        var names = new TreeMap<String, List<Double>>();
        for (var span : work) {
            span.metrics().forEach((name, number) -> {
                if (!OWN.contains(name) && !SUMMED.contains(name)) {
                    names.computeIfAbsent(name, _ -> new ArrayList<>()).add(number);
                }
            });
        }
        names.forEach((name, numbers) -> {
            boolean counts = name.endsWith("_tokens") || name.endsWith("_count") || name.endsWith("_cost");
            double total = numbers.stream().mapToDouble(Double::doubleValue).sum();
            metrics.put(name, counts ? NumberValue.of(total) : mean(numbers));
        });
    }

    private static Value mean(List<Double> numbers) {
        return NumberValue.of(numbers.stream().mapToDouble(Double::doubleValue).sum() / numbers.size());
    }

    private Value sum(ToDoubleFunction<SpanFacts> number) {
        return NumberValue.of(work.stream().mapToDouble(number).sum());
    }

    private static boolean hasTokens(SpanFacts span) {
        return span.metric("tokens").isPresent()
                || span.metric("total_tokens").isPresent()
                || span.metric("prompt_tokens").isPresent()
                || span.metric("completion_tokens").isPresent();
    }

    private static double tokens(SpanFacts span) {
        if (span.metric("tokens").isPresent()) {
            return span.metric("tokens").getAsDouble();
        }
        return span.metric("total_tokens")
                .orElse(span.metric("prompt_tokens").orElse(0)
                        + span.metric("completion_tokens").orElse(0));
    }

    private Value count(String type) {
        return new LongValue(
                work.stream().filter(span -> span.type().equals(type)).count());
    }

    private long errors(String type) {
        return work.stream()
                .filter(span -> span.type().equals(type) && span.error())
                .count();
    }

    /** What is said of the root, and of all: whether every call of a model was cached, whether any span failed. */
    ObjectValue typeInfo(ObjectValue rootAttributes, boolean inProgress) {
        var llm = work.stream().filter(span -> span.type().equals("llm")).toList();
        boolean cached = !llm.isEmpty()
                && llm.stream().allMatch(span -> span.metric("cached").orElse(0) > 0);
        return rootAttributes
                .with("cached", BooleanValue.of(cached))
                .with("has_error", BooleanValue.of(work.stream().anyMatch(SpanFacts::error)))
                .with("in_progress", BooleanValue.of(inProgress));
    }
}
