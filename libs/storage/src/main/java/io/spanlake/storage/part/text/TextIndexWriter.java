package io.spanlake.storage.part.text;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonCursor;
import io.spanlake.model.json.JsonText;
import io.spanlake.storage.part.index.TextSink;
import io.spanlake.storage.part.lucene.CopiedIndex;
import io.spanlake.storage.part.lucene.DocumentBytes;
import io.spanlake.storage.part.lucene.InvertedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the text piece of a part into a folder, whose files then go into the part: see {@link
 * io.spanlake.storage.part.lucene.PartFiles}. Every string of a row below its top-level fields is indexed to its end, but for
 * ids ({@link TextFields}); keys, numbers and other scalars are not text.
 *
 * <p>A text that several rows hold is indexed once for as many neighbouring rows as fit in memory: rows in trace order
 * repeat much. Texts that the same rows hold share a document. Memory is bounded by the setting and the largest row. Not thread-safe. Blocks.
 */
public final class TextIndexWriter implements TextSink, Closeable {
    static final String WORDS = "words";
    static final String HOLDERS = "holders";
    static final String VERSION = "spanlake.text";
    static final String CURRENT_VERSION = "1";

    private final Path folder;
    private final InvertedWriter segment;
    private final DocumentBytes holderValues;
    private final Stretch stretch;
    private final TextFields fields = new TextFields();
    private final JsonCursor cursor = new JsonCursor();
    private final GroupWords words;
    private final Holders holders = new Holders();
    private int lastOrdinal = -1;
    private int stretches;

    /**
     * @param folder      is made; has to be empty
     * @param memoryBytes half for texts not yet indexed, half for the index before it goes to disk
     */
    public TextIndexWriter(Path folder, long memoryBytes) throws IOException {
        this.folder = folder;
        segment = new InvertedWriter(folder, WORDS, memoryBytes / 2);
        holderValues = segment.bytes(HOLDERS);
        stretch = new Stretch(memoryBytes / 2);
        words = new GroupWords(stretch, segment);
    }

    /**
     * @param ordinal larger than those before
     * @param json    the row's own fields: one JSON object
     * @throws io.spanlake.model.json.JsonFormatException where the JSON is none; then the writer is of no use any more
     */
    public void add(int ordinal, ByteSlice json) throws IOException {
        beginRow(ordinal);
        cursor.reset(json);
        int field = NO_TEXT;
        for (var event = cursor.next(); event != JsonCursor.Event.DONE; event = cursor.next()) {
            if (event == JsonCursor.Event.KEY && cursor.depth() == 1) {
                field = field(JsonText.decodeString(cursor.quoted()));
            } else if (event == JsonCursor.Event.STRING && field != NO_TEXT) {
                string(field, cursor, NO_GUESS);
            }
        }
        endRow();
    }

    @Override
    public void beginRow(int ordinal) {
        if (ordinal <= lastOrdinal) {
            throw new IllegalArgumentException("row %d after row %d".formatted(ordinal, lastOrdinal));
        }
        lastOrdinal = ordinal;
    }

    @Override
    public int field(String name) {
        return fields.number(name);
    }

    @Override
    public int string(int field, JsonCursor string, int guess) {
        return stretch.add(
                string.array(), string.firstByte(), string.nextByte(), string.escaped(), field, lastOrdinal, guess);
    }

    /** To be called after the last string of a row. */
    public void endRow() throws IOException {
        if (stretch.full()) {
            flush();
        }
    }

    @Override
    public int generation() {
        return stretches;
    }

    private void flush() throws IOException {
        stretch.sortHolders();
        stretch.group();
        long[] keys = {};
        for (int text = 0; text < stretch.texts(); text++) {
            if (stretch.leads(text) && words.of(text)) {
                int count = stretch.holders(text);
                keys = keys.length < count ? new long[2 * count] : keys;
                stretch.copyHolders(text, keys);
                add(text, keys, count);
            }
        }
        words.clear();
        stretch.clear();
        stretches++;
    }

    /** A document for the words that were given last, and more of the same where it cannot hold all who have them. */
    private void add(int firstText, long[] keys, int count) throws IOException {
        holders.encode(keys, count, (value, again) -> {
            if (again) {
                words.of(firstText);
            }
            holderValues.add(value);
            segment.endDocument();
        });
    }

    /** Documents written so far; what waits for the end of its stretch is not among them. */
    public long documents() {
        return segment.documents();
    }

    /** Completes the files in the folder. */
    public void finish() throws IOException {
        finish(List.of());
    }

    /** @param copies what the rows are copied from that were not added */
    public void finish(List<CopiedIndex> copies) throws IOException {
        flush();
        segment.finish(facts());
        if (copies.isEmpty()) {
            return;
        }
        var added = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-added"));
        try (var copy = new TextCopy(fields)) {
            for (var index : copies) {
                copy.add(index);
            }
            copy.addWithOrdinals(added);
            if (!copy.write(folder, facts())) {
                Files.move(added, folder);
            }
        }
    }

    private Map<String, String> facts() {
        var facts = new HashMap<>(fields.facts());
        facts.put(VERSION, CURRENT_VERSION);
        return Map.copyOf(facts);
    }

    /** What was not finished is abandoned. */
    @Override
    public void close() {
        segment.close();
    }
}
