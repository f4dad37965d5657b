package io.spanlake.standalone.command;

import io.spanlake.standalone.data.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/**
 * The program as one instance runs it, in its data folder: the next build must not change what a running instance reads
 * its classes from. Links where they can be had, so it takes no room.
 *
 * @param jar with its libraries in {@code lib} beside it, and what the JVM has noted of them
 */
record OwnProgram(Path jar) {
    /** What the JVM noted when the build rehearsed a start; the JVM checks that it fits, and else does without. */
    private static final String NOTES = "spanlake.aot";

    /** @param built the jar that runs this command */
    static OwnProgram of(DataFolder data, Path built) throws IOException {
        var own = data.binaries().resolve("program");
        FileSystemUtils.deleteRecursively(own);
        Files.createDirectories(own.resolve("lib"));
        var jar = own.resolve("spanlake.jar");
        copy(built, jar);
        var libraries = built.resolveSibling("lib");
        if (Files.isDirectory(libraries)) {
            try (var all = Files.list(libraries)) {
                for (var library : all.toList()) {
                    copy(library, own.resolve("lib").resolve(libraries.relativize(library)));
                }
            }
        }
        var notes = built.resolveSibling(NOTES);
        if (Files.exists(notes)) {
            copy(notes, own.resolve(NOTES));
        }
        return new OwnProgram(jar);
    }

    /** A command line that runs it. */
    List<String> command(String... java) {
        var command = new ArrayList<>(List.of(java));
        var notes = jar.resolveSibling(NOTES);
        if (Files.exists(notes)) {
            command.add("-XX:AOTCache=" + notes);
        }
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    private static void copy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException otherDisk) {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
