package io.spanlake.storage.part.text;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonCursor;
import io.spanlake.model.json.JsonText;
import io.spanlake.storage.part.lucene.SegmentWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/**
 * Writes the text piece of a part into a folder, whose files then go into the part: see {@link
 * io.spanlake.storage.part.lucene.PartFiles}. Every string of a row below its top-level fields is indexed to its end, but for
 * ids ({@link TextFields}); keys, numbers and other scalars are not text.
 *
 * <p>A text that several rows hold is indexed once for as many neighbouring rows as fit in memory: rows in trace order
 * repeat much. Texts that the same rows hold share a document. Memory is bounded by the setting and the largest row. Not thread-safe. Blocks.
 */
public final class TextIndexWriter implements Closeable {
    static final String WORDS = "words";
    static final String HOLDERS = "holders";
    static final String VERSION = "spanlake.text";
    static final String CURRENT_VERSION = "1";
    private static final FieldType TEXT = text();

    private final SegmentWriter segment;
    private final Stretch stretch;
    private final TextFields fields = new TextFields();
    private final JsonCursor cursor = new JsonCursor();
    private final WordStream words;
    private final Holders holders = new Holders();
    private final Field holdersField = new SortedDocValuesField(HOLDERS, new BytesRef());
    private final List<Field> document;
    private int lastOrdinal = -1;

    /**
     * @param folder      is made; has to be empty
     * @param memoryBytes half for texts not yet indexed, half for the index before it goes to disk
     */
    public TextIndexWriter(Path folder, long memoryBytes) throws IOException {
        segment = new SegmentWriter(folder, memoryBytes / 2);
        stretch = new Stretch(memoryBytes / 2);
        words = new WordStream(stretch);
        document = List.of(new Field(WORDS, words, TEXT), holdersField);
    }

    private static FieldType text() {
        var type = new FieldType();
        type.setTokenized(true);
        type.setOmitNorms(true);
        type.setIndexOptions(IndexOptions.DOCS);
        type.freeze();
        return type;
    }

    /**
     * @param ordinal larger than those before
     * @param json    the row's own fields: one JSON object
     * @throws io.spanlake.model.json.JsonFormatException where the JSON is none; then the writer is of no use any more
     */
    public void add(int ordinal, ByteSlice json) throws IOException {
        if (ordinal <= lastOrdinal) {
            throw new IllegalArgumentException("row %d after row %d".formatted(ordinal, lastOrdinal));
        }
        lastOrdinal = ordinal;
        collect(ordinal, json);
        if (stretch.full()) {
            flush();
        }
    }

    private void collect(int ordinal, ByteSlice json) {
        cursor.reset(json);
        int field = -1;
        var event = cursor.next();
        while (event != JsonCursor.Event.DONE) {
            if (event == JsonCursor.Event.KEY && cursor.depth() == 1) {
                field = fields.number(keyText());
            } else if (event == JsonCursor.Event.STRING && field >= 0) {
                stretch.add(cursor.array(), cursor.firstByte(), cursor.nextByte(), cursor.escaped(), field, ordinal);
            }
            event = cursor.next();
        }
    }

    private String keyText() {
        int quotes = cursor.firstByte() - 1;
        return JsonText.decodeString(ByteSlice.of(cursor.array(), quotes, cursor.nextByte() + 1 - quotes));
    }

    private void flush() throws IOException {
        stretch.sortHolders();
        stretch.group();
        long[] keys = {};
        for (int text = 0; text < stretch.texts(); text++) {
            if (stretch.leads(text) && words.reset(text)) {
                int count = stretch.holders(text);
                keys = keys.length < count ? new long[2 * count] : keys;
                stretch.copyHolders(text, keys);
                add(text, keys, count);
            }
        }
        stretch.clear();
    }

    private void add(int firstText, long[] keys, int count) throws IOException {
        holders.encode(keys, count, value -> {
            words.reset(firstText);
            holdersField.setBytesValue(value);
            segment.add(document);
        });
    }

    /** Documents written so far; what waits for the end of its stretch is not among them. */
    public long documents() {
        return segment.documents();
    }

    /** Completes the files in the folder. */
    public void finish() throws IOException {
        flush();
        var facts = new HashMap<>(fields.facts());
        facts.put(VERSION, CURRENT_VERSION);
        segment.finish(Map.copyOf(facts));
    }

    /** What was not finished is abandoned. */
    @Override
    public void close() {
        segment.close();
    }
}
