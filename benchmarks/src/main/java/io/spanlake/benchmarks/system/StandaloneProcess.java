package io.spanlake.benchmarks.system;

import io.spanlake.benchmarks.load.SpanlakeClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The standalone system in processes of its own, started and stopped by the launcher as a person would.
 *
 * @param launcher the file {@code spanlake} of the repository
 */
record StandaloneProcess(Path launcher, Path data, int port) {
    static final String API_KEY = "sk-benchmark-of-this-machine";
    private static final Duration START_WITHIN = Duration.ofMinutes(3);
    private static final Map<String, String> FIRST_START = Map.of(
            "SPANLAKE_INIT_ORG", "benchmark",
            "SPANLAKE_INIT_PROJECT", "benchmark",
            "SPANLAKE_INIT_API_KEY", API_KEY);

    /** Returns when the system says that it is ready: how long that took. */
    Duration start() {
        long start = System.nanoTime();
        run(ProcessBuilder.Redirect.INHERIT, "start", "--data", data.toString(), "--port", Integer.toString(port));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    void stop() {
        run(ProcessBuilder.Redirect.INHERIT, "stop", "--data", data.toString());
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    SpanlakeClient client(int connections) {
        return new SpanlakeClient(url(), API_KEY, connections);
    }

    JsonNode status() {
        return new JsonMapper()
                .readTree(run(ProcessBuilder.Redirect.PIPE, "status", "--json", "--data", data.toString()));
    }

    /** Every process that works on the data folder. */
    Footprint footprint() {
        return Footprint.ofProcesses(data.toString());
    }

    private String run(ProcessBuilder.Redirect output, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(Arrays.asList(arguments));
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(false).redirectOutput(output);
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(FIRST_START);
            var process = builder.start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(START_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new IllegalStateException("not done within " + START_WITHIN + ": " + command);
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("exit %d: %s".formatted(process.exitValue(), command));
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + command, e);
        }
    }
}
