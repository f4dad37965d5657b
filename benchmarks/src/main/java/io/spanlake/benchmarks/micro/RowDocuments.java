package io.spanlake.benchmarks.micro;

import io.spanlake.model.json.JsonCursor;
import io.spanlake.model.json.JsonText;
import io.spanlake.storage.part.index.IndexedRow;
import io.spanlake.storage.part.index.RowTermWalk;
import io.spanlake.storage.part.index.TextSink;
import io.spanlake.storage.part.lucene.SegmentWriter;
import io.spanlake.storage.part.lucene.TermSink;
import io.spanlake.storage.part.text.Words;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;

/**
 * What the indexes of a part are measured against: Lucene's own writer with one document a row, which has the same terms of
 * values and paths, the same numbers, and for each top-level field a field with the words of all its strings.
 */
final class RowDocuments implements Closeable {
    private final FieldType terms = type(IndexOptions.DOCS);
    private final FieldType words;
    private final SegmentWriter segment;
    private final KeptTerms kept = new KeptTerms();
    private final RowTermWalk walk = new RowTermWalk(kept, TextSink.NONE);
    private final Field kv = new Field("kv", kept, terms);
    private final Field paginationKey = NumericDocValuesField.indexedField("_pagination_key", 0);
    private final Field created = NumericDocValuesField.indexedField("created", 0);
    private final Map<String, FieldWords> fields = new HashMap<>();
    private final JsonCursor cursor = new JsonCursor();
    private int rows;

    /** @param options of the words: with positions, as Lucene has them by default, or without */
    RowDocuments(Path folder, long memoryBytes, IndexOptions options) throws IOException {
        segment = new SegmentWriter(folder, memoryBytes);
        words = type(options);
    }

    private static FieldType type(IndexOptions options) {
        var type = new FieldType();
        type.setOmitNorms(true);
        type.setIndexOptions(options);
        type.freeze();
        return type;
    }

    void add(IndexedRow row) throws IOException {
        kept.clear();
        walk.row(rows++, row);
        paginationKey.setLongValue(row.first().paginationNumber());
        created.setLongValue(row.createdMicros());
        var document = new ArrayList<IndexableField>(List.of(kv, paginationKey, created));
        for (var field : texts(row)) {
            document.add(field.field);
        }
        segment.add(document);
    }

    /** The top-level fields with strings; the places of these. */
    private List<FieldWords> texts(IndexedRow row) {
        var found = new ArrayList<FieldWords>();
        cursor.reset(row.json());
        FieldWords field = null;
        for (var event = cursor.next(); event != JsonCursor.Event.DONE; event = cursor.next()) {
            if (event == JsonCursor.Event.KEY && cursor.depth() == 1) {
                var name = JsonText.decodeString(cursor.quoted());
                field = name.startsWith("_") || name.endsWith("id")
                        ? null
                        : fields.computeIfAbsent(name, FieldWords::new);
                if (field != null) {
                    field.begin(cursor.array());
                    found.add(field);
                }
            } else if (event == JsonCursor.Event.STRING && field != null) {
                field.string(cursor.firstByte(), cursor.nextByte());
            }
        }
        return found;
    }

    void finish() throws IOException {
        segment.finish(Map.of());
    }

    @Override
    public void close() {
        segment.close();
    }

    /** The terms of one row, one after another. */
    private static final class KeptTerms extends TokenStream implements TermSink {
        private final BytesRef term = new BytesRef();
        private byte[] bytes = new byte[1 << 16];
        private int[] ends = new int[1 << 10];
        private int count;
        private int given;
        private int generation;

        KeptTerms() {
            addAttribute(BytesTermAttribute.class).setBytesRef(term);
        }

        void clear() {
            count = 0;
            given = 0;
            // So that no term of another row comes by its number.
            generation++;
        }

        @Override
        public int term(byte[] source, int from, int next) {
            int first = count == 0 ? 0 : ends[count - 1];
            if (bytes.length - first < next - from) {
                bytes = Arrays.copyOf(bytes, 2 * (first + next - from));
            }
            System.arraycopy(source, from, bytes, first, next - from);
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count++] = first + next - from;
            return 0;
        }

        /** By its number only a term of the same row comes, which has it already. */
        @Override
        public void term(int number) {}

        @Override
        public int generation() {
            return generation;
        }

        /** Attributes stay as they are, for the next row. */
        @Override
        public void end() {}

        @Override
        public boolean incrementToken() {
            if (given == count) {
                return false;
            }
            term.bytes = bytes;
            term.offset = given == 0 ? 0 : ends[given - 1];
            term.length = ends[given++] - term.offset;
            return true;
        }
    }

    /** The words of the strings of one field of one row. */
    private final class FieldWords extends TokenStream {
        private final Field field;
        private final Words text = new Words();
        private final BytesRef term = new BytesRef();
        private byte[] json = {};
        private byte[] decoded = new byte[1 << 12];
        private int[] places = new int[64];
        private int strings;
        private int given;

        FieldWords(String name) {
            addAttribute(BytesTermAttribute.class).setBytesRef(term);
            field = new Field("text." + name, this, words);
        }

        void begin(byte[] array) {
            json = array;
            strings = 0;
            given = 0;
            text.reset(decoded, 0, 0);
        }

        void string(int first, int next) {
            if (places.length < 2 * strings + 2) {
                places = Arrays.copyOf(places, 2 * places.length);
            }
            places[2 * strings] = first;
            places[2 * strings++ + 1] = next;
        }

        /** Attributes stay as they are, for the next row. */
        @Override
        public void end() {}

        @Override
        public boolean incrementToken() {
            while (!text.next()) {
                if (given == strings) {
                    return false;
                }
                int first = places[2 * given];
                int next = places[2 * given++ + 1];
                if (decoded.length < next - first) {
                    decoded = new byte[next - first];
                }
                text.reset(decoded, 0, JsonText.decodeUtf8(json, first, next, decoded, 0));
            }
            term.bytes = text.bytes();
            term.length = text.length();
            return true;
        }
    }
}
