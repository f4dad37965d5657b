package io.spanlake.benchmarks.trace;

import io.spanlake.benchmarks.load.Projects;
import io.spanlake.benchmarks.load.SpanlakeClient;
import io.spanlake.benchmarks.queries.Timed;
import io.spanlake.benchmarks.system.Report;
import io.spanlake.benchmarks.system.StandaloneProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;

/** Loads one large trace and reads it where it lies: in the log, processed, and indexed. */
@Command(
        name = "trace",
        description = "Measures the skeleton of one large trace and single values of it, over HTTP, indexed and not.",
        mixinStandardHelpOptions = true)
public final class TraceCommand implements Callable<Integer> {
    private static final int CONNECTIONS = 4;
    private static final int SKELETON_WARM_UPS = 10;
    private static final int SKELETONS = 30;
    private static final int VALUE_WARM_UPS = 200;
    private static final int VALUES = 300;
    private static final double SKELETON_MS = 300;
    private static final double MIB = 1 << 20;
    /** Longer than the segment-processor leaves rows in the log. */
    private static final Duration CUT_WITHIN = Duration.ofSeconds(25);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    @Option(names = "--spans", description = "of the trace", defaultValue = "30000")
    private int spans = 30_000;

    @Option(names = "--span-bytes", description = "of JSON, each", defaultValue = "2000")
    private int spanBytes = 2_000;

    @Option(names = "--launcher", description = "the launcher of the repository", defaultValue = "./spanlake")
    private Path launcher = Path.of("./spanlake");

    @Option(names = "--data", description = "an empty folder", required = true)
    private @Nullable Path data;

    @Option(names = "--port", description = "port of the system under test", defaultValue = "8492")
    private int port;

    @Override
    public Integer call() throws IOException {
        var folder = Files.createDirectories(Objects.requireNonNull(data)).toRealPath();
        var report = new Report(System.err);
        report.note("one trace, %,d spans of %,d bytes".formatted(spans, spanBytes));
        var system = new StandaloneProcess(
                launcher.toAbsolutePath().normalize(), folder, port, StandaloneProcess.NOTHING_INDEXED);
        system.start();
        try (var client = system.client(CONNECTIONS)) {
            var project = Projects.register(client, "trace");
            new TraceSpans(project, spans, spanBytes).send(client);
            var paths = "/ui/objects/project_logs/" + project;
            measure(client, paths, "in the log", system, report);
            Mono.delay(CUT_WITHIN).block();
            measure(client, paths, "processed", system, report);
            system.command("compact", "--merge", "--within", "3600");
            measure(client, paths, "indexed", system, report);
        } finally {
            system.stop();
        }
        System.out.println(report);
        return 0;
    }

    private void measure(SpanlakeClient client, String paths, String where, StandaloneProcess system, Report report) {
        IntFunction<String> skeleton = _ -> "%s/traces/%s/skeleton".formatted(paths, TraceSpans.TRACE);
        var random = new Random(2);
        IntFunction<String> value =
                _ -> "%s/rows/%s/value?path=output&as=text".formatted(paths, TraceSpans.rowId(random.nextInt(spans)));
        double first = millis(client, skeleton.apply(0));
        report.value("%s: skeleton, the first".formatted(where), "%.0f ms".formatted(first));
        var skeletons = times(client, skeleton, SKELETON_WARM_UPS, SKELETONS);
        report.atMost("%s: skeleton, p50".formatted(where), skeletons.at(50), "ms", SKELETON_MS);
        report.atMost("%s: skeleton, p95".formatted(where), skeletons.at(95), "ms", SKELETON_MS);
        var values = times(client, value, VALUE_WARM_UPS, VALUES);
        report.value("%s: a value of any span, p50".formatted(where), "%.1f ms".formatted(values.at(50)));
        report.value("%s: a value of any span, p95".formatted(where), "%.1f ms".formatted(values.at(95)));
        report.value(
                "%s: resident memory of all processes".formatted(where),
                "%.0f MiB".formatted(system.footprint().residentBytes() / MIB));
    }

    private static Timed times(SpanlakeClient client, IntFunction<String> path, int warmUps, int runs) {
        for (int i = 0; i < warmUps; i++) {
            millis(client, path.apply(i));
        }
        var millis = new double[runs];
        for (int i = 0; i < runs; i++) {
            millis[i] = millis(client, path.apply(i));
        }
        var timed = new Timed();
        timed.round(millis);
        return timed;
    }

    /** Until the last byte is here. */
    private static double millis(SpanlakeClient client, String path) {
        long begun = System.nanoTime();
        var answer = Objects.requireNonNull(client.get(path).block(ANSWER_WITHIN));
        if (!answer.isTaken()) {
            throw new IllegalStateException("%s: status %d, %s".formatted(path, answer.status(), answer.text()));
        }
        return (System.nanoTime() - begun) / 1e6;
    }
}
