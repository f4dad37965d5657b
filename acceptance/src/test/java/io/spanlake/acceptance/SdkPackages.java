package io.spanlake.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * SDKs from their package registries, fetched once into a folder outside the repository. Where one cannot be had, the test
 * that needs it is skipped, and says why.
 */
final class SdkPackages {
    private static final Duration FETCH_WITHIN = Duration.ofMinutes(3);

    private SdkPackages() {}

    /** The folder whose {@code node_modules} has the package. */
    static Path npm(String name, String version) {
        var folder = folder("npm-" + name + "-" + version);
        if (!Files.exists(folder.resolve("node_modules").resolve(name).resolve("package.json"))) {
            fetch(
                    folder,
                    name + " " + version,
                    List.of("npm", "install", "--no-audit", "--no-fund", "--silent", name + "@" + version));
        }
        return folder;
    }

    /** The interpreter of a virtual environment that has the package. */
    static Path python(String name, String version) {
        var folder = folder("pip-" + name + "-" + version);
        var python = folder.resolve("bin").resolve("python");
        var complete = folder.resolve("complete");
        if (!Files.exists(complete)) {
            fetch(folder, name + " " + version, List.of("python3", "-m", "venv", folder.toString()));
            fetch(
                    folder,
                    name + " " + version,
                    List.of(python.toString(), "-m", "pip", "install", "--quiet", name + "==" + version));
            write(complete);
        }
        return python;
    }

    private static void fetch(Path folder, String what, List<String> command) {
        String reason;
        try {
            var result = CommandResult.of(new ProcessBuilder(command).directory(folder.toFile()), FETCH_WITHIN);
            reason = result.exitCode() == 0 ? "" : result.output();
        } catch (UncheckedIOException | IllegalStateException failed) {
            reason = failed.toString();
        }
        var why = reason;
        assumeTrue(why.isEmpty(), () -> "%s cannot be had here: %s".formatted(what, why));
    }

    private static Path folder(String name) {
        try {
            return Files.createDirectories(Places.cache().resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void write(Path marker) {
        try {
            Files.createFile(marker);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
