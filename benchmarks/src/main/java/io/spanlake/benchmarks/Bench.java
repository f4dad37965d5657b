package io.spanlake.benchmarks;

import io.spanlake.benchmarks.load.LoadCommand;
import io.spanlake.benchmarks.micro.MicroCommand;
import io.spanlake.benchmarks.queries.QueriesCommand;
import io.spanlake.benchmarks.system.StagesCommand;
import io.spanlake.benchmarks.system.SystemCommand;
import io.spanlake.benchmarks.trace.TraceCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar benchmarks/target/benchmarks.jar}: see benchmarks/README.md. */
@Command(
        name = "bench",
        description = "Measures Spanlake.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SystemCommand.class,
            StagesCommand.class,
            LoadCommand.class,
            QueriesCommand.class,
            TraceCommand.class,
            MicroCommand.class
        })
public final class Bench {
    private Bench() {}

    public static void main(String... args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }
}
