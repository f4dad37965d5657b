package io.spanlake.storage.part.text;

import java.util.Arrays;

/**
 * Which term a word of at most eight bytes is: most words are as short, and a look at one number finds them. Forgets where it is
 * full. Not thread-safe.
 */
final class ShortWords {
    static final int UNKNOWN = -1;
    private static final int PLACES_MAX = 1 << 19;
    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;

    private long[] words = new long[1 << 12];
    private int[] terms = new int[1 << 12];
    private int bits = 12;
    private int count;

    /** @param word see {@link Words#packed()} */
    int get(long word) {
        int place = place(word);
        return words[place] == word ? terms[place] : UNKNOWN;
    }

    void put(long word, int term) {
        if (2 * count >= words.length) {
            if (words.length == PLACES_MAX) {
                clear();
            } else {
                grow();
            }
        }
        int place = place(word);
        words[place] = word;
        terms[place] = term;
        count++;
    }

    void clear() {
        Arrays.fill(words, 0);
        count = 0;
    }

    private void grow() {
        var oldWords = words;
        var oldTerms = terms;
        words = new long[2 * oldWords.length];
        terms = new int[2 * oldTerms.length];
        bits++;
        for (int old = 0; old < oldWords.length; old++) {
            if (oldWords[old] != 0) {
                int place = place(oldWords[old]);
                words[place] = oldWords[old];
                terms[place] = oldTerms[old];
            }
        }
    }

    /** The word's, or the free one that it may have. */
    private int place(long word) {
        int mask = words.length - 1;
        int place = (int) (((word ^ (word >>> 29)) * ODD) >>> (Long.SIZE - bits));
        while (words[place] != word && words[place] != 0) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
