package io.spanlake.standalone.command;

import io.spanlake.standalone.client.SpanlakeClient;
import io.spanlake.standalone.load.FileLoad;
import io.spanlake.standalone.load.ProgressBar;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends files of traces. */
@Command(
        name = "load",
        description = {
            "Loads traces: spans in the neutral form (JSON lines), logs3 bodies (one a line) or OTLP/JSON, plain or gzip.",
            "Loading twice does no harm, and a load that was broken off goes on where it was."
        })
final class LoadCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions options = new ClientOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files to load, in this order.")
    private List<Path> files = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        try (var client = options.client()) {
            var project = client.projectId(options.projectName());
            boolean allTaken = true;
            for (var file : files) {
                allTaken &= load(client, project, file, out);
            }
            return allTaken ? 0 : 1;
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** @return whether every span was taken */
    static boolean load(SpanlakeClient client, String project, Path file, PrintWriter out) throws InterruptedException {
        var bar = new ProgressBar(out, isTerminal(), System::nanoTime);
        var progress = Path.of(System.getProperty("user.home"), ".cache", "spanlake", "load");
        var result = new FileLoad(client, project, progress, new Random(), bar).load(file);
        if (result.skippedLines() > 0) {
            out.printf("  %,d lines were loaded by an earlier run%n", result.skippedLines());
        }
        if (result.refusedSpans() > 0) {
            out.printf("  %,d spans were refused: %s%n", result.refusedSpans(), result.refusedReason());
        }
        out.flush();
        return result.refusedSpans() == 0;
    }
}
