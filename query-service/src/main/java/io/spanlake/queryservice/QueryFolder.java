package io.spanlake.queryservice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where queries keep what does not fit into memory: of this process alone, and nothing that may not be lost. */
record QueryFolder(Path root) {
    /** A temporary one where none is named. */
    static QueryFolder open(@Nullable Path named) {
        try {
            return new QueryFolder(named == null ? Files.createTempDirectory("spanlake-query") : named);
        } catch (IOException e) {
            throw new IllegalStateException("no temporary folder for queries: set spanlake.query.folder", e);
        }
    }

    Path rows() {
        return root.resolve("rows");
    }

    Path answers() {
        return root.resolve("answers");
    }
}
