package io.spanlake.storage.part;

import io.spanlake.storage.part.lucene.CopiedIndex;
import io.spanlake.storage.part.lucene.PartFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rows that go on from other parts as they are, four bytes a row of these; their indexes come to local disk when they are
 * asked for. Not thread-safe. Blocks.
 */
final class CopiedRows {
    private static final int READ_BYTES = 4 << 20;

    private final PartFolder files;
    private final Map<PartReader, int[]> ordinals = new LinkedHashMap<>();

    CopiedRows(PartFolder files) {
        this.files = files;
    }

    /** @param ordinal in the new part */
    void add(RowOrigin origin, int ordinal) {
        var of = ordinals.computeIfAbsent(origin.part(), part -> {
            var none = new int[part.rows()];
            Arrays.fill(none, CopiedIndex.GONE);
            return none;
        });
        of[origin.ordinal()] = ordinal;
    }

    List<CopiedIndex> indexes() throws IOException {
        return fetched("index", PartReader::indexFiles);
    }

    List<CopiedIndex> texts() throws IOException {
        return fetched("text", PartReader::textFiles);
    }

    private interface Wanted {
        List<PartFile> of(PartReader part);
    }

    private List<CopiedIndex> fetched(String name, Wanted wanted) throws IOException {
        var fetched = new ArrayList<CopiedIndex>();
        for (var part : ordinals.entrySet()) {
            var folder = files.copied().resolve(name + "-" + fetched.size());
            Files.createDirectories(folder);
            for (var file : wanted.of(part.getKey())) {
                fetch(part.getKey(), file, folder);
            }
            fetched.add(new CopiedIndex(folder, part.getValue()));
        }
        return fetched;
    }

    private static void fetch(PartReader part, PartFile file, Path folder) throws IOException {
        try (var out = Files.newOutputStream(folder.resolve(file.name()))) {
            for (long at = 0; at < file.length(); at += READ_BYTES) {
                int count = (int) Math.min(READ_BYTES, file.length() - at);
                var bytes = Objects.requireNonNull(
                        part.pages().read(file.offset() + at, count).block());
                out.write(bytes.array(), bytes.offset(), bytes.length());
            }
        }
    }
}
