package io.spanlake.storage.part.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.BytesRef;

/**
 * One word of a query.
 *
 * @param bytes     the word, folded; cut as in the index where it is too long
 * @param openLeft  whether a word may have more before it
 * @param openRight whether a word may have more after it
 * @param cut       whether the word is longer than words are kept
 */
record WordPattern(BytesRef bytes, boolean openLeft, boolean openRight, boolean cut) {
    /** @param openLeft whether the text may go on before its first character, {@code openRight} after its last */
    static List<WordPattern> of(String text, boolean openLeft, boolean openRight) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        var words = new Words();
        words.reset(utf8, 0, utf8.length);
        var patterns = new ArrayList<WordPattern>();
        while (words.next()) {
            patterns.add(new WordPattern(
                    new BytesRef(Arrays.copyOf(words.bytes(), words.length())),
                    openLeft && onlyMarks(utf8, words.firstByte()),
                    openRight && words.nextByte() == utf8.length,
                    words.cut()));
        }
        return patterns;
    }

    /** Whether what stands before the word could belong to a word: marks of one that began earlier. */
    private static boolean onlyMarks(byte[] utf8, int firstByte) {
        var before = new String(utf8, 0, firstByte, StandardCharsets.UTF_8);
        return before.codePoints().allMatch(c -> {
            byte kind = Letters.kind(c);
            return kind == Letters.MARK || kind == Letters.IGNORED;
        });
    }

    boolean whole() {
        return !openLeft && !openRight;
    }

    /** Whether words that were cut may hold it, without its being seen in them. */
    boolean mayBeInCutWords() {
        return openLeft || (openRight && (cut || bytes.length > Words.HEAD_BYTES - 4));
    }

    boolean matches(BytesRef word) {
        if (cut || word.length < bytes.length) {
            return false;
        }
        if (!openLeft) {
            return startsAt(word, 0);
        }
        if (!openRight) {
            return startsAt(word, word.length - bytes.length);
        }
        for (int at = 0; at <= word.length - bytes.length; at++) {
            if (startsAt(word, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean startsAt(BytesRef word, int at) {
        int from = word.offset + at;
        return Arrays.equals(
                word.bytes, from, from + bytes.length, bytes.bytes, bytes.offset, bytes.offset + bytes.length);
    }
}
