package io.spanlake.storage.part.text;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.BytesRef;

/** The words of one text as terms; to be used again for text after text. Not thread-safe. */
final class WordStream extends TokenStream {
    /** Beside every word that was cut: questions about parts of words cannot see into it. No word is like this. */
    static final BytesRef CUT = new BytesRef(new byte[] {(byte) 0xFE});

    private final Words words = new Words();
    private final BytesRef term = new BytesRef();
    private final BytesTermAttribute termAttribute = addAttribute(BytesTermAttribute.class);
    private final PositionIncrementAttribute position = addAttribute(PositionIncrementAttribute.class);
    /** Whether the first word was found already. */
    private boolean found;

    private boolean cut;

    /** Returns whether there is a word at all; the stream then begins with it. */
    boolean reset(byte[] bytes, int first, int next) {
        words.reset(bytes, first, next);
        termAttribute.setBytesRef(term);
        position.setPositionIncrement(1);
        cut = false;
        found = words.next();
        return found;
    }

    @Override
    public boolean incrementToken() {
        if (cut) {
            cut = false;
            termAttribute.setBytesRef(CUT);
            position.setPositionIncrement(0);
            return true;
        }
        if (!found && !words.next()) {
            return false;
        }
        found = false;
        cut = words.cut();
        term.bytes = words.bytes();
        term.length = words.length();
        termAttribute.setBytesRef(term);
        position.setPositionIncrement(1);
        return true;
    }
}
