package io.spanlake.benchmarks.queries;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonObjectFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The questions, with words and values that the loaded rows have. */
final class QueryCases {
    private static final int TRACES = 50;
    /** Values of {@code metadata.source} and types of spans that the recorded traces have. */
    private static final List<List<String>> FILTERS = List.of(
            List.of("sierra-research/tau-bench", "llm"),
            List.of("princeton-nlp/intercode", "tool"),
            List.of("OpenBMB/ToolBench", "llm"),
            List.of("allenai/WildBench", "score"),
            List.of("traceloop/openllmetry", "llm"),
            List.of("andyz245/LanguageAgentTreeSearch", "task"));

    private final String source;
    private final List<ByteSlice> lines;
    private final int copies;
    private final Random random = new Random(5);

    QueryCases(String project, List<ByteSlice> lines, int copies) {
        this.source = "project_logs('" + project + "')";
        this.lines = lines;
        this.copies = copies;
    }

    /** @param peers folder with {@code phrases.txt} and {@code words.txt}; others are taken where it has none */
    List<QueryCase> all(Path peers) {
        var phrases = terms(peers.resolve("phrases.txt"), List.of("refund policy", "order number", "tool result"));
        var words = terms(peers.resolve("words.txt"), List.of("order", "customer", "search", "result", "weather"));
        var newest = " order by created desc limit 50";
        return List.of(
                new QueryCase("newest 50 by start", "a_newest50", 10, List.of("select * from " + source + newest)),
                new QueryCase("newest 50 by arrival", "", 10, List.of("select * from " + source + " limit 50")),
                new QueryCase(
                        "newest 50 with an undeclared metadata path",
                        "h1_deep_metadata",
                        15,
                        List.of("select * from " + source + " where metadata.summary.max_reward = 1" + newest)),
                new QueryCase(
                        "newest 50 of a source and type",
                        "b_filter50",
                        15,
                        FILTERS.stream()
                                .map(filter ->
                                        "select * from %s where metadata.source = '%s' and span_attributes.type = '%s'%s"
                                                .formatted(source, filter.getFirst(), filter.getLast(), newest))
                                .toList()),
                new QueryCase(
                        "newest 50 with a rare phrase",
                        "c_phrase",
                        15,
                        phrases.stream()
                                .map(phrase -> "select * from %s where input match '\"%s\"' or output match '\"%s\"'%s"
                                        .formatted(source, phrase, phrase, newest))
                                .toList()),
                new QueryCase(
                        "count of a common word",
                        "d_word_count",
                        10,
                        words.stream()
                                .map(word -> "select count(*) as n from %s where input match '%s' or output match '%s'"
                                        .formatted(source, word, word))
                                .toList()),
                new QueryCase("all rows of a trace", "e_trace", 6, traces()),
                new QueryCase(
                        "count, average and p95 by model",
                        "f_by_model",
                        50,
                        List.of("select metadata.model as model, count(*) as n, avg(metrics.tokens) as tokens, "
                                + "percentile(metrics.duration, 0.95) as p95 from " + source
                                + " group by metadata.model order by n desc")),
                new QueryCase(
                        "hourly counts and errors",
                        "g_hourly",
                        20,
                        List.of("select hour(created) as h, count(*) as n, count(error) as errors from " + source
                                + " group by hour(created) order by h")),
                new QueryCase(
                        "newest 50 with input[0].role",
                        "h2_deep_input",
                        30,
                        List.of("select * from " + source + " where input[0].role = 'system'" + newest)),
                asked(
                        "slowest 50 with many tokens",
                        "select id, metrics.duration, metrics.tokens from %s where metrics.tokens > 600 order by metrics.duration desc limit 50"),
                asked("dearest 50", "select id, estimated_cost() as cost from %s order by cost desc limit 50"),
                asked(
                        "cost by day and model",
                        "select day(created) as d, metadata.model as m, sum(estimated_cost()) as cost from %s group by 1, 2 order by 1, 2"),
                asked(
                        "count of models by LIKE",
                        "select count(*) as n from %s where lower(metadata.model) like 'gpt-4%%' and metrics.tokens > 5"),
                new QueryCase(
                        "newest 50 with a text by LIKE",
                        "",
                        0,
                        phrases.stream()
                                .map(phrase -> "select * from %s where output like '%%%s%%'%s"
                                        .formatted(source, middle(phrase), newest))
                                .toList()),
                asked("count of traces", "select count(distinct root_span_id) as n from %s where metrics.tokens > 5"),
                asked(
                        "50 traces with most tokens",
                        "select root_span_id, count(*) as n, sum(metrics.tokens) as t from %s group by 1 order by t desc, 1 limit 50"));
    }

    /** Without its first and last letter, so that its words are not whole. */
    private static String middle(String phrase) {
        return phrase.substring(1, phrase.length() - 1);
    }

    /** One that nothing is promised of, and the others have not. */
    private QueryCase asked(String name, String query) {
        return new QueryCase(name, "", 0, List.of(query.formatted(source)));
    }

    private List<String> traces() {
        return traceIds(TRACES).stream()
                .map(
                        "select * from %s where root_span_id = '%%s' order by created limit 1000".formatted(source)
                                ::formatted)
                .toList();
    }

    /** Of some rows that were loaded. */
    List<String> traceIds(int count) {
        var ids = new ArrayList<String>();
        while (ids.size() < count) {
            var line = SpanCopies.of(lines.get(random.nextInt(lines.size())), random.nextInt(copies));
            var trace = JsonObjectFields.valueOf(line, "trace_id").orElseThrow();
            ids.add(trace.slice(1, trace.length() - 2).toUtf8());
        }
        return ids;
    }

    private static List<String> terms(Path file, List<String> others) {
        if (!Files.exists(file)) {
            return others;
        }
        try (var all = Files.lines(file)) {
            return all.map(line -> line.split("\t", -1)[0]).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
