package io.spanlake.testkit.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/**
 * A disk of a few megabytes, in memory, that a test can fill and make room on. Where the test may not mount one it is
 * skipped, and says why. Not thread-safe; blocks.
 */
public final class SmallDisk implements AutoCloseable {
    private static final int PIECE_BYTES = 1 << 16;

    private final Path folder;
    private final Path ballast;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
    }

    /** @param folder an empty one */
    public static SmallDisk mount(Path folder, long megabytes) {
        try {
            Files.createDirectories(folder);
            var said = run("mount", "-t", "tmpfs", "-o", "size=%dm".formatted(megabytes), "tmpfs", folder.toString());
            return said.isEmpty()
                    ? new SmallDisk(folder)
                    : Assumptions.abort("skipped, no small disk can be mounted here: " + said);
        } catch (IOException noMount) {
            return Assumptions.abort("skipped, no small disk can be mounted here: " + noMount.getMessage());
        }
    }

    public Path folder() {
        return folder;
    }

    public long freeBytes() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Fills it until no more than that is free. */
    public void fill(long bytesLeft) {
        var piece = ByteBuffer.allocate(PIECE_BYTES);
        try (var file = Files.newByteChannel(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (long left = freeBytes(); left > bytesLeft; left = freeBytes()) {
                piece.clear().limit((int) Math.min(PIECE_BYTES, left - bytesLeft));
                file.write(piece);
            }
        } catch (IOException full) {
            if (bytesLeft > 0) {
                throw new UncheckedIOException(full);
            }
        }
    }

    /** Takes away what {@link #fill} had put there. */
    public void makeRoom() {
        try {
            Files.deleteIfExists(ballast);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** All that lies on it is gone. */
    @Override
    public void close() {
        try {
            // Lazily: what still runs on it has the time to end.
            var said = run("umount", "-l", folder.toString());
            if (!said.isEmpty()) {
                throw new IllegalStateException(said);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What it said where it failed. */
    private static String run(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return process.waitFor() == 0 ? "" : said.strip() + " (exit code " + process.exitValue() + ")";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
