package io.spanlake.benchmarks.load;

import io.spanlake.benchmarks.replay.Replay;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends load to any Spanlake, as SDKs would. */
@Command(
        name = "load",
        description = "Replays traces against any Spanlake, as SDKs would.",
        mixinStandardHelpOptions = true)
public final class LoadCommand implements Callable<Integer> {
    @Mixin
    private TraceOptions traces = new TraceOptions();

    @Option(
            names = "--url",
            description = "origin of the API",
            defaultValue = "${env:SPANLAKE_URL:-http://127.0.0.1:8400}")
    private URI url = URI.create("http://127.0.0.1:8400");

    @Option(names = "--key", description = "API key", defaultValue = "${env:SPANLAKE_API_KEY}", required = true)
    private String key = "";

    @Option(names = "--project", description = "name of the project to write to", defaultValue = "benchmark")
    private String project = "benchmark";

    @Option(names = "--connections", description = "kept connections", defaultValue = "16")
    private int connections;

    @Option(names = "--rows", description = "rows a request", defaultValue = "100")
    private int rows;

    @Option(names = "--seconds", description = "how long", defaultValue = "30")
    private int seconds;

    @Option(
            names = "--mb-per-second",
            description = "by a schedule at this rate of row bytes; without it as fast as it is taken")
    private @Nullable Double rate;

    @Override
    public Integer call() {
        var source = traces.open();
        try (var client = new SpanlakeClient(url, key, connections)) {
            var projectId = Projects.register(client, project);
            var requests = Replay.asSdk(projectId).withRowsPerRequest(rows).requests(source.lines(), new Random(1));
            var load = new Load(client, new Workload(requests, new Random().nextInt()), request -> {});
            var duration = Duration.ofSeconds(seconds);
            var result = rate == null ? load.full(connections, duration) : load.scheduled(rate * 1e6, duration);
            System.out.printf("%s, %d requests prepared%n%s%n", source.name(), requests.size(), result.summary());
            return result.failures().isEmpty() ? 0 : 1;
        }
    }
}
