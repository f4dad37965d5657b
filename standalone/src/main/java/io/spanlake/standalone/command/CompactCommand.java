package io.spanlake.standalone.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Indexes what waits, now. */
@Command(
        name = "compact",
        description = {
            "Brings everything that was acknowledged so far into indexed parts, and returns when it is there. The instance",
            "does so by itself within minutes; before a backup or a measurement nobody has to wait for that.",
            "Exit code 6 where it is not done in time: it goes on by itself."
        })
final class CompactCommand implements Callable<Integer> {
    private static final int NOT_DONE = 6;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(names = "--merge", description = "Merge parts too, as far as they can be merged.")
    private boolean merge;

    @Option(
            names = "--within",
            paramLabel = "SECONDS",
            description = "How long to wait for it (default: ${DEFAULT-VALUE}).",
            defaultValue = "600")
    private int within;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        long begun = System.nanoTime();
        boolean done = false;
        try (var client = options.client();
                var lines = client.postLines("/standalone/compact?merge=%s&within=%d".formatted(merge, within))) {
            for (var line : (Iterable<JsonNode>) lines::iterator) {
                done |= line.path("done").asBoolean(false);
                if (line.has("step")) {
                    var took = Duration.ofNanos(System.nanoTime() - begun);
                    out.printf(
                            "%6.1f s  %s%n",
                            took.toMillis() / 1e3, line.path("step").asString());
                    out.flush();
                }
            }
        }
        if (!done) {
            out.printf("Not done within %d s; ./spanlake status says what waits, the log why.%n", within);
        }
        out.flush();
        return done ? 0 : NOT_DONE;
    }
}
