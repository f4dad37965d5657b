package io.spanlake.benchmarks.system;

import io.spanlake.benchmarks.load.TraceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The benchmark of the whole: starts the standalone system, measures it beside a bare producer, stops it. */
@Command(
        name = "system",
        description = "Measures the whole standalone system beside a bare Kafka producer, in one run.",
        mixinStandardHelpOptions = true)
public final class SystemCommand implements Callable<Integer> {
    @Mixin
    private TraceOptions traces = new TraceOptions();

    @Option(names = "--launcher", description = "the launcher of the repository", defaultValue = "./spanlake")
    private Path launcher = Path.of("./spanlake");

    @Option(names = "--data", description = "an empty folder; a temporary one where not given")
    private @Nullable Path data;

    @Option(names = "--port", description = "port of the system under test", defaultValue = "8490")
    private int port;

    @Option(names = "--quick", description = "a quarter of the time after the warm-up")
    private boolean quick;

    @Override
    public Integer call() throws IOException {
        var folder = data == null ? Files.createTempDirectory("spanlake-bench") : Files.createDirectories(data);
        var system = new StandaloneProcess(launcher.toAbsolutePath().normalize(), folder.toRealPath(), port, Map.of());
        var plan = quick ? Plan.FULL.shortened(4) : Plan.FULL;
        var report = new Report(System.err);
        try {
            new SystemBenchmark(system, traces.open(), plan, report).run();
        } finally {
            system.stop();
            System.out.println(report);
        }
        return 0;
    }
}
