package io.spanlake.storage.part.index;

import io.spanlake.storage.part.lucene.SegmentWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexOptions;

/**
 * Writes the index piece of a part into a folder, whose files then go into the part: see {@link
 * io.spanlake.storage.part.lucene.PartFiles}. Memory is bounded by the setting and the largest row. Not thread-safe. Blocks.
 */
public final class FieldIndexWriter implements Closeable {
    private static final FieldType TERMS = terms();

    private final SegmentWriter segment;
    private final RowTermStream terms = new RowTermStream();
    private final Field paginationKey = NumericDocValuesField.indexedField(IndexFields.PAGINATION_KEY, 0);
    private final Field created = NumericDocValuesField.indexedField(IndexFields.CREATED, 0);
    private final List<Field> document = List.of(new Field(IndexFields.TERMS, terms, TERMS), paginationKey, created);

    /**
     * @param folder      is made; has to be empty
     * @param memoryBytes at which what is buffered goes to disk
     */
    public FieldIndexWriter(Path folder, long memoryBytes) throws IOException {
        segment = new SegmentWriter(folder, memoryBytes);
    }

    private static FieldType terms() {
        var type = new FieldType();
        type.setTokenized(true);
        type.setOmitNorms(true);
        type.setIndexOptions(IndexOptions.DOCS);
        type.freeze();
        return type;
    }

    /**
     * @param ordinal the row's place in the part: the number of rows added before
     * @throws io.spanlake.model.json.JsonFormatException where the JSON is none; then the writer is of no use any more
     */
    public void add(int ordinal, IndexedRow row) throws IOException {
        if (ordinal != segment.documents()) {
            throw new IllegalArgumentException("row %d after %d rows".formatted(ordinal, segment.documents()));
        }
        paginationKey.setLongValue(sortable(row.first().paginationNumber()));
        created.setLongValue(row.createdMicros());
        terms.reset(ordinal, row);
        segment.add(document);
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
