package io.spanlake.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One service in a process of its own, from its jar beside its libraries, told everything by its environment. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(60);
    private static final int LINES_SHOWN = 40;

    private final ServiceKind kind;
    private final int port;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;

    private ServiceProcess(ServiceKind kind, int port, Map<String, String> environment, Path log) {
        this.kind = kind;
        this.port = port;
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.process = launch();
    }

    /** Returns at once. */
    static ServiceProcess start(ServiceKind kind, int port, Map<String, String> environment, Path log) {
        return new ServiceProcess(kind, port, environment, log);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Path log() {
        return log;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As a cluster ends a pod, which it kills where that takes longer. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(ENDED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("%s did not end within %s; its log, %s, ends:%n%s"
                        .formatted(kind, ENDED_WITHIN, log, endOfLog()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Returns at once. */
    void startAgain() {
        process = launch();
    }

    void awaitReady() {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!answersReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                var what = process.isAlive() ? "is not ready" : "ended with " + process.exitValue();
                throw new IllegalStateException("%s %s; its log, %s, ends:%n%s".formatted(kind, what, log, endOfLog()));
            }
            Pauses.millis(50);
        }
    }

    private Process launch() {
        var jar = Places.libraries().resolve("spanlake-%s-0.1.0-SNAPSHOT.jar".formatted(kind.module()));
        var builder = new ProcessBuilder(
                        Places.java().toString(),
                        "-Xmx%dm".formatted(kind.heapMegabytes()),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private boolean answersReady() {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(url().resolve("/readyz"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void awaitEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException none) {
            return "(no log)";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
