package io.spanlake.standalone.command;

import io.spanlake.standalone.client.SpanlakeClient;
import io.spanlake.standalone.data.Credentials;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.InstanceFile;
import io.spanlake.standalone.show.TraceTree;
import io.spanlake.traces.TraceGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** From nothing to traces on the screen. */
@Command(name = "demo", description = "Starts the system, loads sample traces, reads them back and shows some.")
final class DemoCommand implements Callable<Integer> {
    private static final int TRACES = 60;
    private static final int TRACES_SHOWN = 3;
    private static final int SPANS_MAX_SHOWN = 14;
    private static final long SEED = 42;

    @Mixin
    private InstanceOptions options = new InstanceOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var data = options.dataFolder();
        var out = spec.commandLine().getOut();
        var instance = running(data, out);
        var samples = samples(data);
        try (var client = ClientOptions.client(data, Map.of())) {
            var name = Credentials.find(data).map(Credentials::project).orElse("demo");
            var project = client.projectId(name);
            if (!LoadCommand.load(client, project, samples, out)) {
                return 1;
            }
            show(client, project, name, out);
            nextSteps(instance, data, project, out);
        }
        out.flush();
        return 0;
    }

    private InstanceFile running(DataFolder data, PrintWriter out) throws IOException, InterruptedException {
        var running = InstanceFile.read(data).filter(_ -> data.isTaken());
        if (running.isPresent()) {
            out.printf("Spanlake runs already at %s%n", running.get().url());
            return running.get();
        }
        data.requireUntaken();
        boolean first = Credentials.find(data).isEmpty();
        out.println("Starting Spanlake …");
        out.flush();
        var instance = Background.start(data, options.port());
        StartCommand.tell(out, data, instance, first);
        return instance;
    }

    /** Kept in the data folder, so that a second demo sends the same rows and adds nothing. */
    static Path samples(DataFolder data) throws IOException {
        var file = data.root().resolve("demo.jsonl");
        if (!Files.exists(file)) {
            var begin = Instant.now().minus(Duration.ofHours(1));
            var lines = new TraceGenerator(SEED, begin)
                    .traces()
                    .limit(TRACES)
                    .flatMap(trace -> trace.spans().stream())
                    .map(span -> span.toJsonLine() + "\n")
                    .toList();
            Files.writeString(file, String.join("", lines));
        }
        return file;
    }

    private static void show(SpanlakeClient client, String project, String name, PrintWriter out) {
        var object = "/ui/objects/project_logs/" + project;
        var counts = client.get(object + "/counts?strict=true");
        out.printf(
                "%nProject %s holds %,d spans in %,d traces. Some of them, as read back:%n",
                name, counts.path("rows").asLong(), counts.path("traces").asLong());
        for (var trace : variedTraces(client, object)) {
            var rows = client.get(object + "/traces/" + SpanlakeClient.segment(trace))
                    .path("rows");
            out.printf("%n%s%n", "trace " + trace);
            out.print(TraceTree.of(rows));
        }
    }

    /** One of each kind, the largest that fits a screen. */
    private static Collection<String> variedTraces(SpanlakeClient client, String object) {
        var spans = new HashMap<String, Integer>();
        var kinds = new LinkedHashMap<String, String>();
        for (var row : client.get(object + "/rows?limit=500&strict=true").path("rows")) {
            var trace = row.path("root_span_id").asString("");
            spans.merge(trace, 1, Integer::sum);
            if (row.path("is_root").asBoolean(false)) {
                kinds.put(trace, row.at("/span_attributes/name").asString(""));
            }
        }
        var largest = new LinkedHashMap<String, String>();
        kinds.keySet().stream()
                .filter(trace -> spans.getOrDefault(trace, 0) <= SPANS_MAX_SHOWN)
                .sorted(Comparator.comparing(trace -> -spans.getOrDefault(trace, 0)))
                .forEach(trace -> largest.putIfAbsent(kinds.getOrDefault(trace, ""), trace));
        return largest.values().stream().limit(TRACES_SHOWN).toList();
    }

    private static void nextSteps(InstanceFile instance, DataFolder data, String project, PrintWriter out) {
        var folder = " --data " + data.root();
        out.printf("""

                Next steps
                  your own SDK    BRAINTRUST_APP_URL=%1$s BRAINTRUST_API_KEY=<key>   (the key: %2$s)
                  OpenTelemetry   OTEL_EXPORTER_OTLP_ENDPOINT=%1$s/otel
                                  OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer <key>,x-bt-parent=project_id:%3$s"
                  your own files  ./spanlake load%4$s FILE…
                  read a trace    curl -H "Authorization: Bearer <key>" %1$s/ui/objects/project_logs/%3$s/rows?limit=10
                  how it is       ./spanlake status%4$s
                  the end         ./spanlake stop%4$s
                """, instance.url(), data.root().resolve("credentials"), project, folder);
    }
}
