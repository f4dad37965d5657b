package io.spanlake.storage.part.text;

import io.spanlake.model.json.JsonText;
import io.spanlake.storage.part.lucene.TermSink;
import org.apache.lucene.util.BytesRef;

/** Gives the words of all texts of a group as terms, some more than once. Not thread-safe. */
final class GroupWords {
    /** Beside every word that was cut: questions about parts of words cannot see into it. No word is like this. */
    static final BytesRef CUT = new BytesRef(new byte[] {(byte) 0xFE});

    private static final int DECODED_BYTES_KEPT = 1 << 20;

    private final Stretch stretch;
    private final TermSink sink;
    private final Words words = new Words();
    private final ShortWords known = new ShortWords();
    private int generation;
    private byte[] decoded = new byte[1 << 12];

    GroupWords(Stretch stretch, TermSink sink) {
        this.stretch = stretch;
        this.sink = sink;
    }

    /** Returns whether there was a word at all. */
    boolean of(int firstText) {
        if (generation != sink.generation()) {
            generation = sink.generation();
            known.clear();
        }
        boolean any = false;
        for (int text = firstText; text >= 0; text = stretch.nextInGroup(text)) {
            begin(text);
            while (words.next()) {
                any = true;
                give();
            }
        }
        return any;
    }

    /** Gives back what large texts took. */
    void clear() {
        words.clear();
        if (decoded.length > DECODED_BYTES_KEPT) {
            decoded = new byte[1 << 12];
        }
    }

    private void give() {
        if (words.length() <= Long.BYTES) {
            giveShort(words.packed());
            return;
        }
        sink.term(words.bytes(), 0, words.length());
        if (words.cut()) {
            sink.term(CUT.bytes, CUT.offset, CUT.offset + CUT.length);
        }
    }

    private void giveShort(long word) {
        int term = known.get(word);
        if (term == ShortWords.UNKNOWN) {
            known.put(word, sink.term(words.bytes(), 0, words.length()));
        } else {
            sink.term(term);
        }
    }

    private void begin(int text) {
        int first = stretch.firstByte(text);
        int next = stretch.nextByte(text);
        if (!stretch.escaped(text)) {
            words.reset(stretch.bytes(), first, next);
            return;
        }
        if (decoded.length < next - first) {
            decoded = new byte[next - first + Math.min(next - first, DECODED_BYTES_KEPT) / 2];
        }
        words.reset(decoded, 0, JsonText.decodeUtf8(stretch.bytes(), first, next, decoded, 0));
    }
}
