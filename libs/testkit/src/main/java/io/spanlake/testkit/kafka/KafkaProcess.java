package io.spanlake.testkit.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * One Kafka broker in a process of its own, its log in a folder: it can be killed, and started again where it was. The jars
 * are those of the class path of the test. Not thread-safe; everything blocks.
 */
public final class KafkaProcess implements AutoCloseable {
    private static final Duration UP_WITHIN = Duration.ofSeconds(60);
    private static final int MIB = 1 << 20;

    private final Path folder;
    private final int port;
    private final Path settings;
    private Process process;

    private KafkaProcess(Path folder, int port, int controllerPort) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.port = port;
        this.settings = folder.resolve("server.properties");
        write(settings, settings(controllerPort));
        run("kafka.tools.StorageTool", "format", "-t", "c3BhbmxhbmVjbHVzdGVyMQ", "-c", settings.toString());
        this.process = launch();
        awaitUp();
    }

    /** @param folder an empty one */
    public static KafkaProcess start(Path folder, int port, int controllerPort) {
        try {
            return new KafkaProcess(folder, port, controllerPort);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** For signals. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** As {@code kill -9} does: what it had acknowledged is in the page cache at least. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
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

    private Map<String, Object> settings(int controllerPort) {
        var all = new TreeMap<String, Object>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", 1);
        all.put("listeners", "BROKER://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
        all.put("advertised.listeners", "BROKER://127.0.0.1:" + port);
        all.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("inter.broker.listener.name", "BROKER");
        all.put("controller.listener.names", "CONTROLLER");
        all.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        all.put("log.dirs", folder.resolve("log"));
        all.put("auto.create.topics.enable", false);
        all.put("unclean.leader.election.enable", false);
        all.put("message.max.bytes", 21 * MIB);
        for (var internal : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            all.put(internal + ".replication.factor", 1);
            all.put(internal + ".num.partitions", 1);
        }
        all.put("transaction.state.log.min.isr", 1);
        all.put("share.coordinator.state.topic.min.isr", 1);
        // A killed broker may register again only after its session has ended.
        all.put("broker.session.timeout.ms", 3_000);
        all.put("broker.heartbeat.interval.ms", 1_000);
        return all;
    }

    private static void write(Path file, Map<String, Object> settings) throws IOException {
        Files.write(
                file,
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
    }

    private Process launch() throws IOException {
        return java("-Xmx384m", "kafka.Kafka", settings.toString());
    }

    private void run(String... arguments) throws IOException {
        var tool = java(arguments);
        if (await(tool) != 0) {
            throw new IllegalStateException("%s ended with %d; its log is %s"
                    .formatted(List.of(arguments), tool.exitValue(), folder.resolve("kafka.log")));
        }
    }

    private Process java(String... arguments) throws IOException {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        var log = ProcessBuilder.Redirect.appendTo(folder.resolve("kafka.log").toFile());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private void awaitUp() {
        long deadline = System.nanoTime() + UP_WITHIN.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the broker does not answer; its log is " + folder);
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

    private void awaitEnd() {
        await(process);
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process ended", interrupted);
        }
    }
}
