package io.spanlake.testkit.azurite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Azurite from npm, fetched once into a folder of the user's cache. */
final class AzuriteInstall {
    private static final String VERSION = "3.37.0";
    private static final int FETCH_SECONDS = 240;

    private AzuriteInstall() {}

    /**
     * The script that starts it. Blocks, minutes at the first time.
     *
     * @throws IOException where there is no npm or it cannot fetch
     */
    static Path launcher() throws IOException, InterruptedException {
        var folder = Path.of(System.getProperty("user.home"), ".cache", "spanlake-test", "azurite-" + VERSION);
        Files.createDirectories(folder);
        var lock = folder.resolve("lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            if (!held.isValid() || !Files.exists(folder.resolve("installed"))) {
                fetch(folder);
                Files.writeString(folder.resolve("installed"), VERSION);
            }
            return writeLauncher(folder);
        }
    }

    private static void fetch(Path folder) throws IOException, InterruptedException {
        var output = folder.resolve("npm.log");
        var npm = new ProcessBuilder(
                        "npm",
                        "install",
                        "--prefix",
                        folder.toString(),
                        "--no-audit",
                        "--no-fund",
                        "--no-save",
                        "azurite@" + VERSION)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!npm.waitFor(FETCH_SECONDS, TimeUnit.SECONDS)) {
            npm.destroyForcibly();
            throw new IOException("npm did not fetch azurite within %d s".formatted(FETCH_SECONDS));
        }
        if (npm.exitValue() != 0) {
            throw new IOException(
                    "npm could not fetch azurite: " + Files.readString(output).strip());
        }
    }

    private static Path writeLauncher(Path folder) throws IOException {
        var launcher = folder.resolve("launch.js");
        try (var script = Objects.requireNonNull(AzuriteInstall.class.getResourceAsStream("launch.js"))) {
            Files.copy(script, launcher, StandardCopyOption.REPLACE_EXISTING);
        }
        return launcher;
    }
}
