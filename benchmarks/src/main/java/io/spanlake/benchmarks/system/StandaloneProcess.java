package io.spanlake.benchmarks.system;

import io.spanlake.benchmarks.load.SpanlakeClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The standalone system in processes of its own, started and stopped by the launcher as a person would.
 *
 * @param launcher the file {@code spanlake} of the repository
 * @param settings as environment variables
 */
public record StandaloneProcess(Path launcher, Path data, int port, Map<String, String> settings) {
    static final String API_KEY = "sk-benchmark-of-this-machine";
    private static final Duration START_WITHIN = Duration.ofMinutes(3);
    private static final Duration COMMAND_WITHIN = Duration.ofHours(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    /** Settings with which nothing is indexed before it is asked for. */
    public static final Map<String, String> NOTHING_INDEXED = Map.of(
            "SPANLAKE_COMPACTOR_SEGMENT_TAIL", "10GB",
            "SPANLAKE_COMPACTOR_OBJECT_TAIL", "10GB",
            "SPANLAKE_COMPACTOR_JOB_TAIL", "10GB",
            "SPANLAKE_COMPACTOR_TAIL_AGE", "24h");

    private static final Map<String, String> FIRST_START = Map.of(
            "SPANLAKE_INIT_ORG", "benchmark",
            "SPANLAKE_INIT_PROJECT", "benchmark",
            "SPANLAKE_INIT_API_KEY", API_KEY);

    /** Returns when the system says that it is ready: how long that took. */
    public Duration start() {
        long start = System.nanoTime();
        run("start", "--data", data.toString(), "--port", Integer.toString(port));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    public void stop() {
        run("stop", "--data", data.toString());
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public SpanlakeClient client(int connections) {
        return new SpanlakeClient(url(), API_KEY, connections);
    }

    /** How a client reaches its broker, from what the data folder tells its owner; holds the password. */
    Map<String, Object> kafka() {
        return Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + properties("instance").getProperty("kafka.port"),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"spanlake\" password=\"%s\";"
                        .formatted(properties("secrets").getProperty("kafka")));
    }

    /** A page of meters or of JSON. Blocks. */
    String page(SpanlakeClient client, String path) {
        return Objects.requireNonNull(client.get(path).block(ANSWER_WITHIN)).text();
    }

    /** CPU of the process that serves; database and cache have their own. */
    StageTimes stageTimes() {
        return StageTimes.of(Long.parseLong(properties("instance").getProperty("pid")));
    }

    private Properties properties(String name) {
        var properties = new Properties();
        try (var file = Files.newBufferedReader(data.resolve(name))) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** Every process that works on the data folder. */
    public Footprint footprint() {
        return Footprint.ofProcesses(data.toString());
    }

    /** One command of the launcher on this instance; blocks until it is done. */
    public void command(String command, String... options) {
        var arguments = new ArrayList<>(List.of(command, "--data", data.toString()));
        arguments.addAll(Arrays.asList(options));
        run(COMMAND_WITHIN, arguments.toArray(String[]::new));
    }

    private void run(String... arguments) {
        run(START_WITHIN, arguments);
    }

    private void run(Duration within, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(Arrays.asList(arguments));
        try {
            var builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(FIRST_START);
            builder.environment().putAll(settings);
            var process = builder.start();
            if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new IllegalStateException("not done within " + within + ": " + command);
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("exit %d: %s".formatted(process.exitValue(), command));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + command, e);
        }
    }
}
