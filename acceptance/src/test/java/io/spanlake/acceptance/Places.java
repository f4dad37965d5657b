package io.spanlake.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where things lie. The system properties are set by the build; {@code SPANLAKE_CORPUS} names the folder of the traces and
 * {@code SPANLAKE_FIXTURES} that of recorded requests, both beside the repository where they are not set.
 */
final class Places {
    private Places() {}

    static Path repository() {
        return Path.of(System.getProperty("spanlake.repository", ".."))
                .toAbsolutePath()
                .normalize();
    }

    /** The JVM that runs this test is the JDK that the build picked. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static Path standaloneJar() {
        var jar = repository().resolve("standalone/target/program/spanlake.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: package the module standalone first");
        }
        return jar;
    }

    /** Every plain jar of the program; beside its libraries each service runs alone. */
    static Path libraries() {
        return standaloneJar().resolveSibling("lib");
    }

    /** As the launcher starts the process that serves: its memory is bounded there. */
    static List<String> serverJvmArguments() {
        var memory = "@" + repository().resolve("standalone/server.jvm");
        var notes = standaloneJar().resolveSibling("spanlake.aot");
        return Files.exists(notes) ? List.of(memory, "-XX:AOTCache=" + notes) : List.of(memory);
    }

    /** As the launcher starts a command; what a command keeps for itself it keeps beside the data. */
    static List<String> commandJvmArguments(Path data) {
        return List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.home=" + data.resolveSibling("home"));
    }

    /** A data folder under the module's build folder that nobody has used. */
    static Path freshData(String name) {
        try {
            var parent = repository().resolve("acceptance/target/data");
            Files.createDirectories(parent);
            return Files.createTempDirectory(parent, name + "-").resolve("data");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where clients that are fetched from package registries are kept between runs. */
    static Path cache() {
        var home = Path.of(System.getProperty("user.home"), ".cache", "spanlake-acceptance");
        return Path.of(System.getProperty("spanlake.acceptance.cache", home.toString()));
    }

    static Optional<Path> corpusFile(String name) {
        return beside("SPANLAKE_CORPUS", "data", name);
    }

    static Optional<Path> fixture(String name) {
        return beside("SPANLAKE_FIXTURES", "fixtures", name);
    }

    private static Optional<Path> beside(String variable, String folder, String name) {
        var configured = Optional.ofNullable(System.getenv(variable)).map(Path::of);
        var file = configured
                .orElseGet(() -> repository().resolve("../shared").resolve(folder))
                .resolve(name);
        return Optional.of(file).filter(Files::exists);
    }
}
