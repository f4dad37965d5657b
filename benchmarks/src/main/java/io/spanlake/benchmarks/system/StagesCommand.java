package io.spanlake.benchmarks.system;

import io.spanlake.benchmarks.load.TraceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All stages at once under a steady load: whether they keep up, and what each costs. */
@Command(
        name = "stages",
        description = "Runs every stage in one process under a steady load, and tells lag, memory and cost of each.",
        mixinStandardHelpOptions = true)
public final class StagesCommand implements Callable<Integer> {
    @Mixin
    private TraceOptions traces = new TraceOptions();

    @Option(names = "--launcher", description = "the launcher of the repository", defaultValue = "./spanlake")
    private Path launcher = Path.of("./spanlake");

    @Option(names = "--data", description = "an empty folder; a temporary one where not given")
    private @Nullable Path data;

    @Option(names = "--port", description = "port of the system under test", defaultValue = "8491")
    private int port;

    @Option(names = "--minutes", description = "of load, parts of one too", defaultValue = "10")
    private double minutes;

    @Option(names = "--mb-per-second", description = "rate of row bytes", defaultValue = "20")
    private double rate;

    @Option(names = "--objects", description = "projects that the load is spread over", defaultValue = "1")
    private int objects;

    @Override
    public Integer call() throws IOException {
        var folder = data == null ? Files.createTempDirectory("spanlake-stages") : Files.createDirectories(data);
        var system = new StandaloneProcess(
                launcher.toAbsolutePath().normalize(),
                folder.toRealPath(),
                port,
                Map.of("SPANLAKE_INDEXING_ENABLED", "true"));
        var duration = Duration.ofMillis(Math.round(minutes * 60_000));
        try {
            new StagesBenchmark(system, traces.open(), objects, rate, duration, System.out).run();
        } finally {
            system.stop();
        }
        return 0;
    }
}
