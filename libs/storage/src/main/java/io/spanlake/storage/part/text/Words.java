package io.spanlake.storage.part.text;

import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.spanlake.model.json.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The words of a text, one after another, in the form that they are found by. This is the one definition of a word: whoever
 * looks for words in a row that is not indexed uses it too.
 *
 * <ol>
 *   <li>A word is a longest run of letters and digits of Unicode, with the marks among and after them. All else parts words:
 *       spaces, punctuation, {@code _}, {@code -}, {@code .}, {@code @}.
 *   <li>In scripts without spaces between words (Han, Kana, Thai, Lao, Khmer, Myanmar, Tibetan and others) each letter with
 *       its marks is a word, and so is each symbol and emoji.
 *   <li>Letters that differ in case only are one. Joiners, soft hyphens and variation selectors are left out.
 *   <li>There are no stop words, no stems, and no limit: a word of more than 256 bytes is its first 192 bytes (whole code
 *       points), {@code FF}, and the 16 bytes of its 128-bit hash (XXH3, high half first).
 * </ol>
 *
 * Not thread-safe; to be used again for text after text.
 */
public final class Words {
    static final int WORD_BYTES_MAX = 256;
    static final int HEAD_BYTES = 192;
    private static final int LONG_MARK = 0xFF;
    private static final int BUFFER_BYTES_KEPT = 1 << 16;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] ASCII = ascii();
    private static final Hasher128 HASH = Hashing.xxh3_128();

    private static final byte[] NO_TEXT = {};

    private byte[] text = NO_TEXT;
    private int at;
    private int end;

    private byte[] word = new byte[WORD_BYTES_MAX];
    private int length;
    private boolean cut;
    private int first;

    /** Of the code point that was decoded last. */
    private int codePointBytes;

    private static byte[] ascii() {
        var folded = new byte[128];
        for (int c = 0; c < folded.length; c++) {
            folded[c] = Character.isLetterOrDigit(c) ? (byte) Character.toLowerCase(c) : 0;
        }
        return folded;
    }

    /** Whether it may stand within a word without being part of it. */
    public static boolean leavesOut(int codePoint) {
        return Letters.kind(codePoint) == Letters.IGNORED;
    }

    /** Begins with a text in UTF-8; surrogates in three bytes, as JSON may have them, are taken as they come. */
    public void reset(byte[] bytes, int firstByte, int nextByte) {
        text = bytes;
        at = firstByte;
        end = nextByte;
        if (word.length > BUFFER_BYTES_KEPT) {
            word = new byte[WORD_BYTES_MAX];
        }
    }

    /** Lets the text go. */
    void clear() {
        reset(NO_TEXT, 0, 0);
    }

    /** Goes to the next word; false where there is none. */
    public boolean next() {
        length = 0;
        cut = false;
        if (beginAscii()) {
            // Mostly what came with the first look is all of it.
            return endsHere() || run();
        }
        while (at < end) {
            int lead = text[at];
            if (lead >= 0) {
                if (ASCII[lead] != 0) {
                    first = at;
                    return run();
                }
                at++;
            } else {
                int codePoint = decode();
                byte kind = Letters.kind(codePoint);
                if (kind == Letters.LETTER || kind == Letters.ALONE) {
                    first = at;
                    at += codePointBytes;
                    put(codePoint);
                    return kind == Letters.LETTER ? run() : alone();
                }
                at += codePointBytes;
            }
        }
        return false;
    }

    /** Goes to the beginning of a word and takes what the same eight bytes have of it; false where other than ASCII comes first. */
    private boolean beginAscii() {
        while (end - at >= Long.BYTES) {
            long bytes = (long) LONGS.get(text, at);
            long letters = AsciiLetters.letters(bytes);
            long inWord = letters | AsciiLetters.digits(bytes);
            int passed = AsciiLetters.passed(inWord, bytes);
            at += passed;
            if (passed < Long.BYTES) {
                int shift = passed * Byte.SIZE;
                first = at;
                length = AsciiLetters.leading(inWord >>> shift);
                LONGS.set(word, 0, AsciiLetters.lower(bytes, letters) >>> shift);
                at += length;
                return length > 0;
            }
        }
        return false;
    }

    /** Whether the next byte is of ASCII and in no word. */
    private boolean endsHere() {
        return at < end && text[at] >= 0 && ASCII[text[at]] == 0;
    }

    /** The word's bytes; they change with the next word. */
    public byte[] bytes() {
        return word;
    }

    public int length() {
        return length;
    }

    /** Whether the word was too long to be kept whole. */
    boolean cut() {
        return cut;
    }

    /** Where the word's text begins. */
    public int firstByte() {
        return first;
    }

    /** The place after the word's text, and after what belongs to it without being kept. */
    public int nextByte() {
        return at;
    }

    private boolean run() {
        while (asciiRun()) {
            // Eight letters, and maybe more.
        }
        while (at < end) {
            int lead = text[at];
            if (lead >= 0) {
                byte folded = ASCII[lead];
                if (folded == 0) {
                    break;
                }
                if (length == word.length) {
                    grow();
                }
                word[length++] = folded;
                at++;
            } else {
                int codePoint = decode();
                byte kind = Letters.kind(codePoint);
                if (kind == Letters.BREAK || kind == Letters.ALONE) {
                    break;
                }
                at += codePointBytes;
                if (kind != Letters.IGNORED) {
                    put(codePoint);
                }
            }
        }
        return complete();
    }

    /** Takes up to eight letters and digits of ASCII at once; true where all eight were some. */
    private boolean asciiRun() {
        if (end - at < Long.BYTES) {
            return false;
        }
        long bytes = (long) LONGS.get(text, at);
        long letters = AsciiLetters.letters(bytes);
        int taken = AsciiLetters.leading(letters | AsciiLetters.digits(bytes));
        if (word.length - length < Long.BYTES) {
            grow();
        }
        LONGS.set(word, length, AsciiLetters.lower(bytes, letters));
        length += taken;
        at += taken;
        return taken == Long.BYTES;
    }

    /** The bytes of a word of at most eight, the first one lowest; no two such words have the same, and none has 0. */
    long packed() {
        return (long) LONGS.get(word, 0) & (-1L >>> (Long.SIZE - Byte.SIZE * length));
    }

    private boolean alone() {
        while (at < end && text[at] < 0) {
            int codePoint = decode();
            byte kind = Letters.kind(codePoint);
            if (kind != Letters.MARK && kind != Letters.IGNORED) {
                break;
            }
            at += codePointBytes;
            if (kind == Letters.MARK) {
                put(codePoint);
            }
        }
        return complete();
    }

    private boolean complete() {
        if (length > WORD_BYTES_MAX) {
            cut = true;
            var hash = HASH.hashBytesTo128Bits(word, 0, length);
            int head = HEAD_BYTES;
            while ((word[head] & 0xC0) == 0x80) {
                head--;
            }
            word[head] = (byte) LONG_MARK;
            putLong(head + 1, hash.getMostSignificantBits());
            putLong(head + 1 + Long.BYTES, hash.getLeastSignificantBits());
            length = head + 1 + 2 * Long.BYTES;
        }
        return true;
    }

    private void putLong(int place, long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            word[place + i] = (byte) (value >>> (8 * (Long.BYTES - 1 - i)));
        }
    }

    private void put(int codePoint) {
        if (word.length - length < 4) {
            grow();
        }
        length = Utf8.put(codePoint < 0x80 ? codePoint : Letters.folded(codePoint), word, length);
    }

    private void grow() {
        word = Arrays.copyOf(word, 2 * word.length);
    }

    /** The code point at the place; bytes that are none are taken one by one. */
    private int decode() {
        int lead = text[at] & 0xFF;
        int bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if ((lead >= 0x80 && lead < 0xC0) || at + bytes > end) {
            codePointBytes = 1;
            return 0;
        }
        codePointBytes = bytes;
        return switch (bytes) {
            case 1 -> lead;
            case 2 -> ((lead & 0x1F) << 6) | tail(1);
            case 3 -> ((lead & 0x0F) << 12) | (tail(1) << 6) | tail(2);
            default -> ((lead & 0x07) << 18) | (tail(1) << 12) | (tail(2) << 6) | tail(3);
        };
    }

    private int tail(int index) {
        return text[at + index] & 0x3F;
    }
}
