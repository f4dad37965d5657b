package io.spanlake.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The standalone system in a process of its own, with its own data folder and port. */
final class Standalone implements AutoCloseable {
    static final String KEY = "sk-acceptance-0123456789abcdef";
    static final String ORGANIZATION = "acceptance";
    static final String PROJECT = "first";

    /** Of a system that makes parts of the log. */
    static final Map<String, String> INDEXING = Map.of("SPANLAKE_INDEXING_ENABLED", "true");

    private static final int KILLED = 128 + 9;

    private final Path data;
    private final int port;
    private final Map<String, String> settings;
    private final Path log;
    private final Set<ProcessHandle> children = new HashSet<>();
    private Map<String, String> settingsOfStart = Map.of();
    private Process process;

    private Standalone(Path data, int port, Map<String, String> settings) {
        this.data = data;
        this.port = port;
        this.settings = Map.copyOf(settings);
        this.log = data.resolveSibling(data.getFileName() + ".log");
        this.process = launch();
        served().awaitReady();
    }

    /** The one that most tests share; it ends with the JVM. */
    static Standalone shared() {
        return Shared.STANDALONE;
    }

    static Standalone start(Path data) {
        return start(data, Map.of());
    }

    /** @param settings as environment variables */
    static Standalone start(Path data, Map<String, String> settings) {
        return new Standalone(data, Ports.free(), settings);
    }

    Path data() {
        return data;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Path log() {
        return log;
    }

    /** Ends everything at once: nothing is closed and nothing flushed. */
    void kill() {
        rememberChildren();
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        served().awaitEnd();
    }

    /** Ends the process with {@code kill -9}; what it has started lives on without it. */
    void killAlone() {
        rememberChildren();
        process.destroyForcibly();
        served().awaitEnd();
    }

    /** The process itself, without the database and the cache that it started. */
    ProcessHandle server() {
        return process.toHandle();
    }

    /** The cache, if it runs. */
    Optional<ProcessHandle> redis() {
        return process.children()
                .filter(child -> child.info().command().orElse("").contains("redis"))
                .findFirst();
    }

    private void rememberChildren() {
        process.descendants().forEach(children::add);
        postgres().ifPresent(children::add);
    }

    /** The database is started by a tool that ends at once, and so is nobody's child. */
    Optional<ProcessHandle> postgres() {
        try {
            var pid = Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid"))
                    .getFirst();
            return ProcessHandle.of(Long.parseLong(pid.strip()));
        } catch (IOException stopped) {
            return Optional.empty();
        }
    }

    /** In order, as an operator does. */
    void stop() {
        process.destroy();
        served().awaitEnd();
    }

    /** A command that works on the data folder itself, while nothing runs on it. */
    CommandResult runOnData(String... arguments) {
        return CommandResult.of(
                new ProcessBuilder(command(Places.serverJvmArguments(), arguments)), Duration.ofMinutes(5));
    }

    /** On the same data and port. */
    void startAgain() {
        startAgain(Map.of());
    }

    /** @param more settings of this start alone */
    void startAgain(Map<String, String> more) {
        settingsOfStart = Map.copyOf(more);
        process = launch();
        served().awaitReady();
    }

    /** The same of a process that may halt itself at any time, even before it is ready. */
    void startToDie(Map<String, String> more) {
        settingsOfStart = Map.copyOf(more);
        process = launch();
        try {
            served().awaitReady();
        } catch (IllegalStateException notReady) {
            if (process.isAlive() || process.exitValue() != KILLED) {
                throw notReady;
            }
        }
    }

    /** @return whether the process ended by itself in this time */
    boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Memory of the process and of those that it started, as the system counts it. */
    long residentBytes() {
        long bytes = residentBytes(process.pid());
        for (var child : process.descendants().toList()) {
            bytes += residentBytes(child.pid());
        }
        return bytes;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        rememberChildren();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            kill();
        }
        // Whatever a killed process had left behind.
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** Runs one of the launcher's client commands against this instance. */
    CommandResult run(String... arguments) {
        return run(Duration.ofMinutes(5), arguments);
    }

    CommandResult run(Duration within, String... arguments) {
        var builder = new ProcessBuilder(command(Places.commandJvmArguments(data), arguments));
        builder.environment().put("SPANLAKE_URL", url().toString());
        builder.environment().put("SPANLAKE_API_KEY", KEY);
        return CommandResult.of(builder, within);
    }

    private ServedProcess served() {
        return new ServedProcess("the standalone", process, url(), log);
    }

    private Process launch() {
        var command = command(
                Places.serverJvmArguments(),
                "start",
                "--foreground",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(settings);
        builder.environment().putAll(settingsOfStart);
        builder.environment().put("SPANLAKE_INIT_ORG", ORGANIZATION);
        builder.environment().put("SPANLAKE_INIT_PROJECT", PROJECT);
        builder.environment().put("SPANLAKE_INIT_API_KEY", KEY);
        try {
            Files.createDirectories(data.toAbsolutePath().getParent());
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> command(List<String> jvmArguments, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Places.java().toString());
        command.addAll(jvmArguments);
        command.add("-jar");
        command.add(Places.standaloneJar().toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Its own memory: pages that PostgreSQL's processes share are counted in each. */
    private static long residentBytes(long pid) {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("RssAnon:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
            return 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    private static final class Shared {
        private static final Standalone STANDALONE = start(Places.freshData("shared"));

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(STANDALONE::close, "standalone-stop"));
        }
    }
}
