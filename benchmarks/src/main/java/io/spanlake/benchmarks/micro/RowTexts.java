package io.spanlake.benchmarks.micro;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonCursor;
import io.spanlake.model.json.JsonText;
import io.spanlake.storage.part.lucene.SegmentWriter;
import io.spanlake.storage.part.text.Words;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/** What the text piece is measured against: the same words with one document a row, which holds the texts of all its fields. */
final class RowTexts implements Closeable {
    private final FieldType type = new FieldType();
    private final SegmentWriter segment;
    private final JsonCursor cursor = new JsonCursor();
    private byte[] decoded = new byte[1 << 16];

    RowTexts(Path folder, long memoryBytes, IndexOptions options) throws IOException {
        segment = new SegmentWriter(folder, memoryBytes);
        type.setOmitNorms(true);
        type.setIndexOptions(options);
        type.freeze();
    }

    void add(ByteSlice json) throws IOException {
        segment.add(List.of(new Field("words", new RowWords(json), type)));
    }

    void finish() throws IOException {
        segment.finish(Map.of());
    }

    @Override
    public void close() {
        segment.close();
    }

    /** The words of all strings of one row. */
    private final class RowWords extends TokenStream {
        private final Words words = new Words();
        private final BytesRef term = new BytesRef();

        RowWords(ByteSlice json) {
            cursor.reset(json);
            addAttribute(BytesTermAttribute.class).setBytesRef(term);
        }

        @Override
        public boolean incrementToken() {
            while (!words.next()) {
                var event = cursor.next();
                if (event == JsonCursor.Event.DONE) {
                    return false;
                }
                if (event == JsonCursor.Event.STRING) {
                    begin();
                }
            }
            term.bytes = words.bytes();
            term.length = words.length();
            return true;
        }

        private void begin() {
            int length = cursor.nextByte() - cursor.firstByte();
            if (decoded.length < length) {
                decoded = new byte[length];
            }
            int next = JsonText.decodeUtf8(cursor.array(), cursor.firstByte(), cursor.nextByte(), decoded, 0);
            words.reset(decoded, 0, next);
        }
    }
}
