package io.spanlake.testkit.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One broker of a cluster in a process of its own, its log in a folder: it can be killed, and started again where it was. The
 * jars are those of the class path of the test. Not thread-safe; everything blocks.
 */
public final class KafkaProcess implements AutoCloseable {
    private static final Duration UP_WITHIN = Duration.ofSeconds(60);
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private final Path settings;
    private Map<String, String> environment = Map.of();
    private Process process;

    private KafkaProcess(Path folder, KafkaNodes nodes, int number) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.port = nodes.node(number).port();
        this.settings = folder.resolve("server.properties");
        write(settings, nodes.settings(number, folder.resolve("log")));
        format(number, folder.resolve("log"));
        this.process = launch();
    }

    /**
     * One that may not be up yet.
     *
     * @param folder an empty one
     */
    static KafkaProcess launched(Path folder, KafkaNodes nodes, int number) {
        try {
            return new KafkaProcess(folder, nodes, number);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** For signals. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** As {@code kill -9} does: what it had acknowledged is in the page cache at least. */
    public void kill() {
        process.destroyForcibly();
        await(process);
    }

    /** In order: it hands what it leads to others before it ends. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(ENDED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "the broker did not end within %s; its log is %s".formatted(ENDED_WITHIN, log()));
            }
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /** Starts it again on the same log and port, with these variables from now on. */
    public void restart(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        restart();
    }

    /** Starts it again on the same log and port. */
    public void restart() {
        if (process.isAlive()) {
            kill();
        }
        try {
            process = launch();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        awaitUp();
    }

    @Override
    public void close() {
        kill();
    }

    /** As Kafka's own tool does it in a process of its own, which takes seconds. */
    private static void format(int number, Path log) throws IOException {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId("c3BhbmxhbmVjbHVzdGVyMQ")
                    .setNodeId(number)
                    .setDirectories(List.of(log.toString()))
                    .setMetadataLogDirectory(log.toString())
                    .setControllerListenerName(KafkaNodes.CONTROLLER)
                    .run();
        } catch (IOException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("the folder of a broker was not made", failed);
        }
    }

    private static void write(Path file, Map<String, Object> settings) throws IOException {
        Files.write(
                file,
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
    }

    private Process launch() throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "kafka.Kafka",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Path log() {
        return folder.resolve("kafka.log");
    }

    /** A broker opens its port once it is part of the cluster. */
    void awaitUp() {
        long deadline = System.nanoTime() + UP_WITHIN.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the broker does not answer; its log is " + log());
            }
            LockSupport.parkNanos(20_000_000L);
        }
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void await(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while a process ended", cause);
    }
}
