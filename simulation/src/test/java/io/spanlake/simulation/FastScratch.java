package io.spanlake.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * A folder in memory, where the system has one with room. A seed makes some thousand small files of parts under way, which
 * nobody reads again; on a disk that others use it waited for them most of its time.
 */
public final class FastScratch implements TempDirFactory {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM_BYTES = 256L << 20;

    @Override
    public Path createTempDirectory(AnnotatedElementContext annotated, ExtensionContext context) throws IOException {
        return isInMemory()
                ? Files.createTempDirectory(MEMORY, "spanlake-simulation")
                : Files.createTempDirectory("spanlake-simulation");
    }

    private static boolean isInMemory() throws IOException {
        return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM_BYTES;
    }
}
