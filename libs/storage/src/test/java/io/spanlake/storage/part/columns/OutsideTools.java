package io.spanlake.storage.part.columns;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of others that read ORC, fetched once into a folder of the user's cache by the clients of their registries. */
final class OutsideTools {
    private static final String ORC_TOOLS = "org.apache.orc:orc-tools:2.1.2:jar:uber";
    private static final String PYARROW = "pyarrow==26.0.1";
    private static final int MINUTES_MAX = 5;

    private OutsideTools() {}

    /** A program, and what goes before the arguments of a call. */
    record Tool(List<String> command) {
        /** What it prints. */
        String run(String... arguments) throws IOException, InterruptedException {
            var whole = new ArrayList<>(command);
            whole.addAll(Arrays.asList(arguments));
            var errors = Files.createTempFile("tool", ".err");
            var process =
                    new ProcessBuilder(whole).redirectError(errors.toFile()).start();
            var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("%s: %s".formatted(whole, Files.readString(errors)));
            }
            return printed;
        }
    }

    /** Its Hadoop asks the JVM for what went with Java 24, so it needs an older one. Empty: not to be had here. */
    static Optional<Tool> orcTools() throws IOException, InterruptedException {
        var java = olderJava();
        var folder = folder("orc-tools");
        if (java.isEmpty()
                || !fetched(
                        folder,
                        List.of(
                                "mvn",
                                "-B",
                                "-q",
                                "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
                                "-Dartifact=" + ORC_TOOLS,
                                "-DoutputDirectory=" + folder))) {
            return Optional.empty();
        }
        try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
            var jar = jars.iterator().next().toString();
            return Optional.of(new Tool(List.of(java.get().toString(), "-Xmx512m", "-jar", jar)));
        }
    }

    private static Optional<Path> olderJava() throws IOException {
        var folder = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> machines = Files.list(folder)) {
            return machines.filter(machine -> machine.getFileName().toString().matches(".*(17|21)[^0-9].*"))
                    .map(machine -> machine.resolve("bin").resolve("java"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    /** A Python that has pyarrow. Empty: not to be had here. */
    static Optional<Tool> pyarrow() throws IOException, InterruptedException {
        var folder = folder("pyarrow");
        var python = folder.resolve("bin").resolve("python");
        boolean there = fetched(
                folder,
                List.of(
                        "sh",
                        "-c",
                        "python3.11 -m venv '%s' && '%s' -m pip install -q %s".formatted(folder, python, PYARROW)));
        return there ? Optional.of(new Tool(List.of(python.toString(), "-c"))) : Optional.empty();
    }

    private static Path folder(String name) throws IOException {
        var folder = Path.of(System.getProperty("user.home"), ".cache", "spanlake-test", name);
        return Files.createDirectories(folder);
    }

    private static boolean fetched(Path folder, List<String> command) throws IOException, InterruptedException {
        var done = folder.resolve("fetched");
        try (var channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            if (held.isValid() && Files.exists(done)) {
                return true;
            }
            var log = folder.resolve("fetch.log").toFile();
            var fetch = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            if (!fetch.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                fetch.destroyForcibly();
                return false;
            }
            if (fetch.exitValue() == 0) {
                Files.createFile(done);
            }
            return fetch.exitValue() == 0;
        } catch (IOException e) {
            // No such program here, as good as no network.
            return false;
        }
    }
}
