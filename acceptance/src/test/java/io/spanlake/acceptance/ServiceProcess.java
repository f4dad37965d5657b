package io.spanlake.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One service in a process of its own, from its jar beside its libraries, told everything by its environment. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(60);

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
        served().awaitEnd();
    }

    /** As a cluster ends a pod, which it kills where that takes longer. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(ENDED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw served().failed("did not end within " + ENDED_WITHIN);
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
        served().awaitReady();
    }

    private ServedProcess served() {
        return new ServedProcess(kind.module(), process, url(), log);
    }

    private Process launch() {
        var jar = Places.libraries().resolve("spanlake-%s-0.1.0-SNAPSHOT.jar".formatted(kind.module()));
        var builder = new ProcessBuilder(
                        Places.java().toString(),
                        "-Xmx%dm".formatted(kind.heapMegabytes()),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        // Made by the first that ends in order; whoever is started afterwards is up in half the time.
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + log.resolveSibling(kind.module() + ".jsa"),
                        "-Xlog:cds=off,cds+dynamic=off,aot=off",
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

    @Override
    public void close() {
        process.destroyForcibly();
        served().awaitEnd();
    }
}
