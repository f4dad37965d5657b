package io.spanlake.benchmarks.queries;

import io.spanlake.benchmarks.load.Projects;
import io.spanlake.benchmarks.load.SpanlakeClient;
import io.spanlake.benchmarks.replay.TraceSource;
import io.spanlake.benchmarks.system.Report;
import io.spanlake.benchmarks.system.StandaloneProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Loads rows, indexes them all, asks, and prints a table with what other stores took in the same run. */
@Command(
        name = "queries",
        description = "Measures queries over a million indexed rows, over HTTP, beside other stores.",
        mixinStandardHelpOptions = true)
public final class QueriesCommand implements Callable<Integer> {
    private static final String PROJECT = "queries";
    private static final int CONNECTIONS = 8;
    private static final String UI = "pages of the UI";
    private static final int UI_TRACES = 20;
    /** More of the heap for what is decoded than a laptop's instance spends. */
    private static final Map<String, String> SETTINGS =
            Map.of("SPANLAKE_QUERY_BLOCK_BYTES", "96MB", "SPANLAKE_QUERY_COLUMN_BYTES", "96MB");

    private static final double MIB = 1 << 20;

    /** Of a rare phrase, and of a list by arrival, where nothing is indexed. */
    private static final Map<String, Double> WANTED_UNINDEXED =
            Map.of("newest 50 with a rare phrase", 400.0, "newest 50 by arrival", 60.0);

    @Option(
            names = "--traces",
            description = "folder of traces-*.jsonl[.gz]; generated traces where it does not exist",
            defaultValue = "${env:SPANLAKE_CORPUS:-../shared/data}")
    private String traces = "../shared/data";

    @Option(names = "--megabytes", description = "how much of them, before it is repeated", defaultValue = "2000")
    private int megabytes = 2000;

    @Option(names = "--copies", description = "how often they are loaded", defaultValue = "17")
    private int copies = 17;

    @Option(names = "--launcher", description = "the launcher of the repository", defaultValue = "./spanlake")
    private Path launcher = Path.of("./spanlake");

    @Option(
            names = "--data",
            description = "a folder; where it has the rows from an earlier run they are not loaded again",
            required = true)
    private @Nullable Path data;

    @Option(names = "--port", description = "port of the system under test", defaultValue = "8491")
    private int port;

    @Option(
            names = "--peers",
            description = "folder of the other stores' scripts; PEERS_WORK names where they were set up",
            defaultValue = "../shared/peers")
    private Path peers = Path.of("../shared/peers");

    @Option(
            names = "--unindexed",
            description = "leave all rows in the log and processed; with --copies 4 for as much as may be")
    private boolean unindexed;

    @Option(names = "--only", description = "only questions whose name has this", defaultValue = "")
    private String only = "";

    @Option(names = "--show", description = "print the first rows of each answer")
    private boolean show;

    @Override
    public Integer call() throws IOException {
        var folder = Files.createDirectories(Objects.requireNonNull(data)).toRealPath();
        var source = TraceSource.open(traces, megabytes * 1_000_000L);
        var report = new Report(System.err);
        report.note("%s, %d copies: %,d rows"
                .formatted(source.name(), copies, (long) copies * source.lines().size()));
        var system = new StandaloneProcess(launcher.toAbsolutePath().normalize(), folder, port, settings());
        system.start();
        var measured = new LinkedHashMap<QueryCase, QueriesBenchmark.Measured>();
        try (var client = system.client(CONNECTIONS);
                var page = system.client(1)) {
            var project = Projects.register(client, PROJECT);
            load(system, client, project, source, folder.resolve("queries.loaded"), report);
            var cases = new QueryCases(project, source.lines(), copies);
            measure(new QueriesBenchmark(client), cases.all(peers), measured, report);
            if (UI.contains(only)) {
                reportPages(report, new UiBesideQueries(page, client, project, cases.traceIds(UI_TRACES)).measure());
            }
            report.atMost(
                    "resident memory of all its processes", system.footprint().residentBytes() / MIB, "MiB", 2048);
        } finally {
            system.stop();
        }
        var others = others(report);
        print(measured, others);
        System.out.println(report);
        return 0;
    }

    private Map<String, String> settings() {
        var settings = new HashMap<>(SETTINGS);
        if (unindexed) {
            settings.putAll(StandaloneProcess.NOTHING_INDEXED);
        }
        return settings;
    }

    private void load(
            StandaloneProcess system,
            SpanlakeClient client,
            String project,
            TraceSource source,
            Path mark,
            Report report)
            throws IOException {
        var wanted = "%s %d%s".formatted(project, copies, unindexed ? " unindexed" : "");
        if (Files.exists(mark) && Files.readString(mark).equals(wanted)) {
            report.note("rows of an earlier run");
            return;
        }
        long begun = System.nanoTime();
        long bytes = new RowLoad(client, project).send(source.lines(), copies);
        double seconds = (System.nanoTime() - begun) / 1e9;
        report.value("load, all acknowledged", "%.1f MB/s".formatted(bytes / 1e6 / seconds));
        if (unindexed) {
            report.note("nothing is indexed: %.0f MB of rows".formatted(bytes / 1e6));
        } else {
            system.command("compact", "--merge", "--within", "3600");
            report.value("load, all indexed and merged", "%.0f s".formatted((System.nanoTime() - begun) / 1e9));
        }
        Files.writeString(mark, wanted);
    }

    private void measure(
            QueriesBenchmark benchmark,
            List<QueryCase> cases,
            Map<QueryCase, QueriesBenchmark.Measured> measured,
            Report report) {
        var wanted = cases.stream()
                .filter(question -> question.name().contains(only))
                .toList();
        var first = new HashMap<QueryCase, Timed>();
        for (var question : wanted) {
            first.put(question, benchmark.first(question));
            benchmark.warm(question);
        }
        // A process that has only just begun is not what people ask: all are measured once all were asked for a while.
        for (var question : wanted) {
            if (show) {
                var rows = benchmark.data(question.queries().getFirst()).toString();
                System.err.println(rows.substring(0, Math.min(2_000, rows.length())));
            }
            var found = benchmark.measure(question, first.getOrDefault(question, new Timed()));
            measured.put(question, found);
            report(report, question, found);
        }
    }

    private void report(Report report, QueryCase question, QueriesBenchmark.Measured found) {
        double wanted = unindexed ? WANTED_UNINDEXED.getOrDefault(question.name(), 0.0) : question.wanted();
        double median = found.times().median();
        if (wanted > 0) {
            report.atMost(question.name() + ", p50", median, "ms", wanted);
        } else {
            report.value(question.name() + ", p50", "%.1f ms".formatted(median));
        }
    }

    private static void reportPages(Report report, UiBesideQueries.Measured ui) {
        ui.alone().byKind().forEach((kind, alone) -> {
            var beside = Objects.requireNonNull(ui.beside().byKind().get(kind));
            report.value(
                    "%s, %s, alone and beside".formatted(UI, kind),
                    alone.medianAndHigh() + ", " + beside.medianAndHigh());
        });
        report.value(UI + " alone, p50 / p95", ui.alone().all().medianAndHigh());
        report.value(
                "%s while %d questions are answered".formatted(UI, ui.answered()),
                ui.beside().all().medianAndHigh());
        report.atMost(UI + " beside questions, p95", ui.ratio(), "x alone", 2);
    }

    private Map<String, Map<String, String>> others(Report report) {
        var work = System.getenv("PEERS_WORK");
        var runs = work == null
                ? Optional.<PeerRuns>empty()
                : PeerRuns.at(peers.toAbsolutePath().normalize(), Path.of(work), copies);
        var others = new LinkedHashMap<String, Map<String, String>>();
        if (runs.isEmpty()) {
            report.note("other stores: skipped, PEERS_WORK names no folder where %s has set them up".formatted(peers));
            return others;
        }
        for (var peer : List.of("opensearch", "duckdb")) {
            others.put(peer, runs.get().run(peer));
        }
        return others;
    }

    private static void print(
            Map<QueryCase, QueriesBenchmark.Measured> measured, Map<String, Map<String, String>> others) {
        var text = new StringBuilder(
                "\np50 / p95 (lowest–highest p50 of a round), ms; first: each variant when it was never asked, p50\n\n");
        text.append("| %-44s | %4s | %6s | %6s | %-28s |".formatted("question", "rows", "wanted", "first", "spanlake"));
        others.keySet().forEach(peer -> text.append(" %-28s |".formatted(peer)));
        text.append("\n| --- | --: | --: | --: | --: |")
                .append(" --: |".repeat(others.size()))
                .append('\n');
        measured.forEach((question, found) -> {
            text.append("| %-44s | %4d | %6.0f | %6.0f | %-28s |"
                    .formatted(
                            question.name(),
                            found.rows(),
                            question.wanted(),
                            found.first().median(),
                            found.times()));
            others.values().forEach(results -> text.append(" %-28s |".formatted(cell(results, question.peer()))));
            text.append('\n');
        });
        text.append("| resident MB after the queries | | 2048 | | see below |");
        others.values()
                .forEach(results -> text.append(" %s |".formatted(results.getOrDefault("rss_mb_after_query", ""))));
        System.out.println(text);
    }

    private static String cell(Map<String, String> results, String name) {
        var figures = List.of("_p50_ms", "_p95_ms", "_p50_min_ms", "_p50_max_ms").stream()
                .map(figure -> results.getOrDefault(name + figure, ""))
                .map(QueriesCommand::rounded)
                .toList();
        return figures.getFirst().isEmpty()
                ? ""
                : "%s / %s (%s–%s)".formatted(figures.get(0), figures.get(1), figures.get(2), figures.get(3));
    }

    private static String rounded(String figure) {
        return Pattern.matches("[0-9.]+", figure) ? "%.1f".formatted(Double.parseDouble(figure)) : figure;
    }
}
