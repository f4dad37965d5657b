package io.spanlake.standalone.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Remembers up to which line a file was acknowledged, so that the same command goes on from there. */
final class ProgressFile {
    private final Path file;

    private ProgressFile(Path file) {
        this.file = file;
    }

    /** @param projectId of this file in another project nothing is known */
    static ProgressFile of(Path folder, String fileId, String projectId) {
        return new ProgressFile(folder.resolve(fileId.substring(0, 32) + "-" + projectId));
    }

    long nextLine() throws IOException {
        if (!Files.exists(file)) {
            return 1;
        }
        var text = Files.readString(file).strip();
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 1;
    }

    void acknowledged(long nextLine) throws IOException {
        var folder = Objects.requireNonNull(file.getParent());
        Files.createDirectories(folder);
        var fresh = folder.resolve(file.getFileName() + ".new");
        Files.writeString(fresh, nextLine + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void done() throws IOException {
        Files.deleteIfExists(file);
    }
}
