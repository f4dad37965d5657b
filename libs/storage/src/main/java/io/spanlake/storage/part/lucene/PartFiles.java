package io.spanlake.storage.part.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a finished index, as they are put into a blob. */
public final class PartFiles {
    private PartFiles() {}

    /** In order of their names; offsets as if they were put one after another from 0 on. */
    public static List<PartFile> of(Path folder) throws IOException {
        var files = new ArrayList<PartFile>();
        try (var paths = Files.list(folder)) {
            long offset = 0;
            for (var path : paths.sorted().toList()) {
                long length = Files.size(path);
                files.add(new PartFile(path.getFileName().toString(), offset, length));
                offset += length;
            }
        }
        return List.copyOf(files);
    }
}
