package io.spanlake.storage.part.index;

import io.spanlake.storage.part.lucene.CopiedIndex;
import io.spanlake.storage.part.lucene.DocumentNumbers;
import io.spanlake.storage.part.lucene.InvertedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the index piece of a part into a folder, whose files then go into the part: see {@link
 * io.spanlake.storage.part.lucene.PartFiles}. Memory is bounded by the setting and the largest row. Not thread-safe. Blocks.
 */
public final class FieldIndexWriter implements Closeable {
    private final Path folder;
    private final InvertedWriter segment;
    private final DocumentNumbers paginationKeys;
    private final DocumentNumbers created;
    private final RowTermWalk walk;
    /** Ordinals of the rows that were added here, in their order. */
    private int[] added = new int[1 << 10];

    private int rows;

    /**
     * @param folder      is made; has to be empty
     * @param memoryBytes at which what is buffered goes to disk
     */
    public FieldIndexWriter(Path folder, long memoryBytes) throws IOException {
        this(folder, memoryBytes, TextSink.NONE);
    }

    /** @param texts gets the strings on the way */
    public FieldIndexWriter(Path folder, long memoryBytes, TextSink texts) throws IOException {
        this.folder = folder;
        segment = new InvertedWriter(folder, IndexFields.TERMS, memoryBytes);
        paginationKeys = segment.numbers(IndexFields.PAGINATION_KEY);
        created = segment.numbers(IndexFields.CREATED);
        walk = new RowTermWalk(segment, texts);
    }

    /**
     * @param ordinal the row's place in the part: the number of rows added before
     * @throws io.spanlake.model.json.JsonFormatException where the JSON is none; then the writer is of no use any more
     */
    public void add(int ordinal, IndexedRow row) throws IOException {
        mustFollow(ordinal);
        int document = (int) segment.documents();
        if (document == added.length) {
            added = Arrays.copyOf(added, 2 * document);
        }
        added[document] = ordinal;
        walk.row(ordinal, row);
        paginationKeys.add(sortable(row.first().paginationNumber()));
        created.add(row.createdMicros());
        segment.endDocument();
    }

    /** The next row is one that goes on as it is: what its index says is copied. */
    public void copy(int ordinal) {
        mustFollow(ordinal);
    }

    private void mustFollow(int ordinal) {
        if (ordinal != rows) {
            throw new IllegalArgumentException("row %d after %d rows".formatted(ordinal, rows));
        }
        rows++;
    }

    /** Pagination numbers are unsigned. */
    static long sortable(long unsigned) {
        return unsigned ^ Long.MIN_VALUE;
    }

    /** Completes the files in the folder. */
    public void finish() throws IOException {
        finish(List.of());
    }

    /** @param copies what the rows are copied from that were not added */
    public void finish(List<CopiedIndex> copies) throws IOException {
        int own = (int) segment.documents();
        segment.finish(facts(true));
        if (copies.isEmpty()) {
            return;
        }
        var ownFolder = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-added"));
        try (var copy = new FieldCopy(rows)) {
            copy.add(new CopiedIndex(ownFolder, Arrays.copyOf(added, own)));
            for (var index : copies) {
                copy.add(index);
            }
            copy.write(folder, facts(copy.hasNullKeys()));
        }
    }

    private static Map<String, String> facts(boolean nullKeys) {
        var facts = new HashMap<>(Map.of(IndexFields.VERSION, IndexFields.CURRENT_VERSION));
        if (nullKeys) {
            facts.put(IndexFields.NULL_KEYS, "1");
        }
        return facts;
    }

    /** What was not finished is abandoned. */
    @Override
    public void close() {
        segment.close();
    }
}
