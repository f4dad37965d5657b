package io.spanlake.standalone;

import io.spanlake.standalone.client.SpanlakeClient;
import io.spanlake.standalone.data.Credentials;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.InstanceFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The packaged system in processes of its own, as the launcher runs it. */
final class RunningStandalone implements AutoCloseable {
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path JAR = MODULE.resolve("target/program/spanlake.jar");

    final DataFolder data;
    final int port = freePort();

    RunningStandalone(Path folder) {
        this.data = new DataFolder(folder);
        Assumptions.assumeTrue(Files.exists(JAR), "skipped: the system is not packaged; run mvn verify");
    }

    record Said(int exit, String text) {}

    Said start() {
        return run("start", "--data", data.root().toString(), "--port", Integer.toString(port));
    }

    Said stop() {
        return run("stop", "--data", data.root().toString());
    }

    Said run(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dspanlake.home=" + MODULE.getParent(),
                "-Duser.home=" + data.root().resolveSibling("home"),
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("not done within 3 minutes: " + command);
            }
            return new Said(process.exitValue(), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    InstanceFile instance() {
        return InstanceFile.read(data).orElseThrow();
    }

    ProcessHandle process() {
        return ProcessHandle.of(instance().pid()).orElseThrow();
    }

    /** {@code kill -9} of the process that serves; what it has started lives on. */
    List<ProcessHandle> killAlone() {
        var process = process();
        var parts = parts();
        process.destroyForcibly();
        process.onExit().join();
        return parts;
    }

    /** PostgreSQL and Redis; the former leaves its parent at once. */
    List<ProcessHandle> parts() {
        return Stream.of(data.postgres().resolve("postmaster.pid"), data.redis().resolve("redis.pid"))
                .map(RunningStandalone::pidIn)
                .map(pid -> ProcessHandle.of(pid).orElseThrow())
                .toList();
    }

    private static long pidIn(Path file) {
        try {
            return Long.parseLong(Files.readAllLines(file).getFirst().strip());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    SpanlakeClient client() {
        return new SpanlakeClient(
                instance().url(), Credentials.find(data).orElseThrow().apiKey());
    }

    /** Writes rows and returns once they are acknowledged. */
    void write(int first, int count) {
        try (var client = client()) {
            var project = client.projectId("restart");
            var rows = new ArrayList<Map<String, Object>>();
            for (int i = first; i < first + count; i++) {
                rows.add(Map.of("id", "row-" + i, "project_id", project, "log_id", "g", "input", "value " + i));
            }
            client.post("/logs3", Map.of("rows", rows, "api_version", 2));
        }
    }

    List<String> idsRead() {
        try (var client = client()) {
            var project = client.projectId("restart");
            var ids = new ArrayList<String>();
            client.get("/ui/objects/project_logs/%s/rows?limit=1000&strict=true".formatted(project))
                    .path("rows")
                    .forEach(row -> ids.add(row.path("id").asString()));
            return ids;
        }
    }

    static long residentBytes(ProcessHandle process) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return 0;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (data.isTaken()) {
            stop();
        }
    }
}
