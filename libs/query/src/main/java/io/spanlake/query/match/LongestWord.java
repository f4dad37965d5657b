package io.spanlake.query.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The longest word of an item looked for in bytes of JSON, some times faster than the item: where the word does not stand, the item
 * does not. It may find what is none.
 *
 * <ol>
 *   <li>Bytes beyond ASCII and escapes are rare, and are found eight bytes at a time. Where one says that it may be a letter, so
 *       does this; where one may stand within a word, the word is looked for around it.
 *   <li>Everywhere else the letters of the word stand side by side, and are looked for by the last of them: what is none of its
 *       letters is passed over, as many bytes as it is long (Horspool).
 * </ol>
 */
final class LongestWord {
    /** Of a shorter one little is passed over. */
    private static final int LENGTH_MIN = 3;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long BACKSLASHES = ONES * '\\';

    private final byte[] word;
    /** By the byte that stands where its last letter would: how far that place may move. */
    private final int[] moves = new int[256];

    private LongestWord(byte[] word) {
        this.word = word;
        Arrays.fill(moves, word.length);
        for (int i = 0; i < word.length - 1; i++) {
            int move = word.length - 1 - i;
            moves[word[i]] = move;
            moves[Character.toUpperCase(word[i])] = move;
        }
    }

    /** @param word of letters and digits of ASCII, lower case */
    static LongestWord of(byte[] word) {
        return new LongestWord(word);
    }

    /** Whether it is so short that looking for it is of no use. */
    boolean isShort() {
        return word.length < LENGTH_MIN;
    }

    /** Where its letters stand side by side next; -1 where they do not any more. */
    int next(byte[] bytes, int first, int end) {
        int last = word.length - 1;
        int at = first + last;
        while (at < end) {
            int back = 0;
            while (back <= last && isLetter(bytes[at - back], word[last - back])) {
                back++;
            }
            if (back > last) {
                return at - last;
            }
            at += moves[bytes[at] & 0xFF];
        }
        return -1;
    }

    private static boolean isLetter(byte b, byte letter) {
        return b >= 0 && ItemBytes.folded(b) == letter;
    }

    /** Whether it may stand where not all of its letters stand side by side. */
    boolean standsAroundOthers(byte[] bytes, int first, int end) {
        int floor = first;
        int at = nextOther(bytes, first, end);
        while (at < end) {
            boolean beyondAscii = ItemBytes.isBeyondAscii(bytes, at, end);
            if (beyondAscii && standsAt(bytes, wordBefore(bytes, floor, at), end)) {
                return true;
            }
            floor = beyondAscii ? afterOthers(bytes, at, end) : ItemBytes.afterOther(bytes, at, end);
            if (floor == ItemBytes.MAY) {
                return true;
            }
            at = nextOther(bytes, floor, end);
        }
        return false;
    }

    /**
     * Behind all that is beyond ASCII and stands there side by side: what begins within it begins behind it, and is found side by side
     * or around what comes next. In a text of another script it goes on for thousands of bytes.
     */
    private static int afterOthers(byte[] bytes, int first, int end) {
        int at = first;
        while (at != ItemBytes.MAY && at < end && ItemBytes.isBeyondAscii(bytes, at, end)) {
            at = ItemBytes.afterOther(bytes, at, end);
        }
        return at;
    }

    /** Where the letters and digits begin that stand right before a place. */
    private static int wordBefore(byte[] bytes, int floor, int place) {
        int at = place;
        while (at > floor && ItemBytes.folded(bytes[at - 1]) != 0) {
            at--;
        }
        return at;
    }

    private boolean standsAt(byte[] bytes, int first, int end) {
        return ItemBytes.afterLetters(word, bytes, first, end) != ItemBytes.NONE;
    }

    /** The next byte that is beyond ASCII or begins an escape; {@code end} or behind it where there is none. */
    private static int nextOther(byte[] bytes, int first, int end) {
        int at = first;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            long noBackslash = eight ^ BACKSLASHES;
            long found = (eight | ((noBackslash - ONES) & ~noBackslash)) & HIGHS;
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < end && bytes[at] >= 0 && bytes[at] != '\\') {
            at++;
        }
        return at;
    }
}
