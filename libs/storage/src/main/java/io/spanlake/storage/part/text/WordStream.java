package io.spanlake.storage.part.text;

import io.spanlake.model.json.JsonText;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.BytesRef;

/** The words of all texts of a group, one after another, as terms; to be used again for group after group. Not thread-safe. */
final class WordStream extends TokenStream {
    /** Beside every word that was cut: questions about parts of words cannot see into it. No word is like this. */
    static final BytesRef CUT = new BytesRef(new byte[] {(byte) 0xFE});

    private final Stretch stretch;
    private final Words words = new Words();
    private final BytesRef term = new BytesRef();
    private final BytesTermAttribute termAttribute = addAttribute(BytesTermAttribute.class);
    private byte[] decoded = new byte[1 << 12];
    /** The text that comes next, -1 after the last. */
    private int nextText = -1;
    /** Whether the first word was found already. */
    private boolean found;

    private boolean cut;

    WordStream(Stretch stretch) {
        this.stretch = stretch;
    }

    /** Returns whether there is a word at all; the stream then begins with it. */
    boolean reset(int firstText) {
        nextText = firstText;
        words.reset(decoded, 0, 0);
        cut = false;
        found = nextWord();
        return found;
    }

    private boolean nextWord() {
        while (!words.next()) {
            if (nextText < 0) {
                return false;
            }
            begin(nextText);
            nextText = stretch.nextInGroup(nextText);
        }
        return true;
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

    @Override
    public boolean incrementToken() {
        if (cut) {
            cut = false;
            termAttribute.setBytesRef(CUT);
            return true;
        }
        if (!found && !nextWord()) {
            return false;
        }
        found = false;
        cut = words.cut();
        term.bytes = words.bytes();
        term.length = words.length();
        termAttribute.setBytesRef(term);
        return true;
    }

    /** Attributes stay as they are, for the next group. */
    @Override
    public void end() {}
}
