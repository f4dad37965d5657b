package io.spanlake.storage.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The files of a part that is being made. */
record PartFolder(Path folder) {
    Path part() {
        return folder.resolve("rows.part");
    }

    Path columns() {
        return folder.resolve("columns.orc");
    }

    Path keys() {
        return folder.resolve("keys.tmp");
    }

    Path index() {
        return folder.resolve("index");
    }

    Path text() {
        return folder.resolve("text");
    }

    /** What was fetched of other parts. */
    Path copied() {
        return folder.resolve("copied");
    }

    /** Blocks. */
    void deleteTemporary() throws IOException {
        delete(keys());
        delete(copied());
        delete(folder.resolve("index-added"));
        delete(folder.resolve("text-added"));
        delete(index());
        delete(text());
    }

    /** Blocks. */
    void deleteAll() throws IOException {
        deleteTemporary();
        delete(part());
        delete(columns());
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        List<Path> deepestFirst;
        try (var paths = Files.walk(path)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (var each : deepestFirst) {
            Files.delete(each);
        }
    }
}
