package io.spanlake.storage.part.text;

import io.spanlake.model.json.JsonText;
import org.apache.lucene.util.BytesRef;

/** The words of all texts of a group, one after another. Not thread-safe. */
final class GroupWords {
    /** Beside every word that was cut: questions about parts of words cannot see into it. No word is like this. */
    static final BytesRef CUT = new BytesRef(new byte[] {(byte) 0xFE});

    /** Gets each word as it is found, some more than once; the bytes change with the next. */
    interface Sink {
        void word(byte[] bytes, int from, int next);
    }

    private final Stretch stretch;
    private final Sink sink;
    private final Words words = new Words();
    private byte[] decoded = new byte[1 << 12];

    GroupWords(Stretch stretch, Sink sink) {
        this.stretch = stretch;
        this.sink = sink;
    }

    /** Returns whether there was a word at all. */
    boolean of(int firstText) {
        boolean any = false;
        for (int text = firstText; text >= 0; text = stretch.nextInGroup(text)) {
            begin(text);
            while (words.next()) {
                any = true;
                sink.word(words.bytes(), 0, words.length());
                if (words.cut()) {
                    sink.word(CUT.bytes, CUT.offset, CUT.offset + CUT.length);
                }
            }
        }
        return any;
    }

    private void begin(int text) {
        int first = stretch.firstByte(text);
        int next = stretch.nextByte(text);
        if (!stretch.escaped(text)) {
            words.reset(stretch.bytes(), first, next);
            return;
        }
        if (decoded.length < next - first) {
            decoded = new byte[next - first + (next - first) / 2];
        }
        words.reset(decoded, 0, JsonText.decodeUtf8(stretch.bytes(), first, next, decoded, 0));
    }
}
