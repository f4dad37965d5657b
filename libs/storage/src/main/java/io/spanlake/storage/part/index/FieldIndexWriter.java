package io.spanlake.storage.part.index;

import io.spanlake.storage.part.lucene.DocumentNumbers;
import io.spanlake.storage.part.lucene.InvertedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the index piece of a part into a folder, whose files then go into the part: see {@link
 * io.spanlake.storage.part.lucene.PartFiles}. Memory is bounded by the setting and the largest row. Not thread-safe. Blocks.
 */
public final class FieldIndexWriter implements Closeable {
    private final InvertedWriter segment;
    private final DocumentNumbers paginationKeys;
    private final DocumentNumbers created;
    private final RowTermWalk walk;

    /**
     * @param folder      is made; has to be empty
     * @param memoryBytes at which what is buffered goes to disk
     */
    public FieldIndexWriter(Path folder, long memoryBytes) throws IOException {
        this(folder, memoryBytes, TextSink.NONE);
    }

    /** @param texts gets the strings on the way */
    public FieldIndexWriter(Path folder, long memoryBytes, TextSink texts) throws IOException {
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
        if (ordinal != segment.documents()) {
            throw new IllegalArgumentException("row %d after %d rows".formatted(ordinal, segment.documents()));
        }
        walk.row(ordinal, row);
        paginationKeys.add(sortable(row.first().paginationNumber()));
        created.add(row.createdMicros());
        segment.endDocument();
    }

    /** Pagination numbers are unsigned. */
    static long sortable(long unsigned) {
        return unsigned ^ Long.MIN_VALUE;
    }

    /** Completes the files in the folder. */
    public void finish() throws IOException {
        segment.finish(Map.of(IndexFields.VERSION, IndexFields.CURRENT_VERSION));
    }

    /** What was not finished is abandoned. */
    @Override
    public void close() {
        segment.close();
    }
}
