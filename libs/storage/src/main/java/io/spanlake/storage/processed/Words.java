package io.spanlake.storage.processed;

import io.spanlake.model.ByteSlice;
import java.util.function.LongConsumer;

/**
 * The words of a text as hashes, lower-cased: what a token filter holds and what it is asked for. A word is as long as its
 * letters and digits go on; in scripts that write without spaces every character is one. It is never longer than a word of
 * Unicode's own rules, so that a text that has such a word has all of these in it. docs/formats/processed.md defines it.
 */
final class Words {
    /** FNV-1a of 64 bits, over the UTF-8 of the word. */
    private static final long SEED = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;
    private static final byte[] ASCII = asciiLowerCased();

    private final LongConsumer words;
    private long hash = SEED;

    private Words(LongConsumer words) {
        this.words = words;
    }

    /** Of raw JSON: of keys, texts, numbers; escapes are what they stand for. */
    static void ofJson(ByteSlice json, LongConsumer words) {
        var reading = new Words(words);
        reading.read(json, true);
    }

    static void of(String text, LongConsumer words) {
        var reading = new Words(words);
        reading.read(ByteSlice.ofUtf8(text), false);
    }

    private void read(ByteSlice slice, boolean escapes) {
        byte[] bytes = slice.array();
        int end = slice.offset() + slice.length();
        int at = slice.offset();
        while (at < end) {
            at = readAscii(bytes, at, end);
            if (at == end) {
                break;
            }
            byte b = bytes[at];
            if (b < 0) {
                at = readCodePoint(bytes, at, end);
            } else if (b == '\\' && escapes) {
                at = readEscape(bytes, at, end);
            } else {
                end();
                at++;
            }
        }
        end();
    }

    /** The letters and digits of ASCII from here on; nearly all bytes are some, so the hash does not leave its register. */
    private int readAscii(byte[] bytes, int from, int end) {
        long hashed = hash;
        int at = from;
        while (at < end && bytes[at] >= 0) {
            int lower = ASCII[bytes[at]];
            if (lower == 0) {
                break;
            }
            hashed = (hashed ^ lower) * PRIME;
            at++;
        }
        hash = hashed;
        return at;
    }

    private void ascii(int c) {
        int lower = ASCII[c];
        if (lower == 0) {
            end();
        } else {
            hash = (hash ^ lower) * PRIME;
        }
    }

    private void end() {
        if (hash != SEED) {
            words.accept(mixed(hash));
            hash = SEED;
        }
    }

    /** The finaliser of SplitMix64: filters take their bits from all of the hash. */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Bytes that are no UTF-8 are between words; a text with lone surrogates has a question mark there. */
    private int readCodePoint(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        if (length == 1 || end - at < length) {
            end();
            return at + 1;
        }
        int point = lead & (0x7F >>> length);
        for (int i = 1; i < length; i++) {
            point = (point << 6) | (bytes[at + i] & 0x3F);
        }
        codePoint(point);
        return at + length;
    }

    private int readEscape(byte[] bytes, int at, int end) {
        int unit = unitAt(bytes, at, end);
        if (unit < 0) {
            end();
            return at + 2;
        }
        int low = Character.isHighSurrogate((char) unit) ? unitAt(bytes, at + 6, end) : -1;
        if (low >= 0 && Character.isLowSurrogate((char) low)) {
            codePoint(Character.toCodePoint((char) unit, (char) low));
            return at + 12;
        }
        codePoint(unit);
        return at + 6;
    }

    /** The code unit that an escape at this place names, -1 where there is none. */
    private static int unitAt(byte[] bytes, int at, int end) {
        if (end - at < 6 || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }

    private void codePoint(int point) {
        int lower = Character.toLowerCase(point);
        if (lower < 0x80) {
            ascii(lower);
            return;
        }
        switch (WordClass.of(lower)) {
            case BETWEEN -> end();
            case IN_WORD -> utf8(lower);
            case WORD -> {
                end();
                utf8(lower);
                end();
            }
        }
    }

    private void utf8(int point) {
        if (point < 0x800) {
            octet(0xC0 | (point >> 6));
        } else {
            if (point < 0x1_0000) {
                octet(0xE0 | (point >> 12));
            } else {
                octet(0xF0 | (point >> 18));
                octet(0x80 | ((point >> 12) & 0x3F));
            }
            octet(0x80 | ((point >> 6) & 0x3F));
        }
        octet(0x80 | (point & 0x3F));
    }

    private void octet(int value) {
        hash = (hash ^ value) * PRIME;
    }

    private static byte[] asciiLowerCased() {
        var table = new byte[0x80];
        for (int c = 0; c < table.length; c++) {
            if (Character.isLetterOrDigit(c)) {
                table[c] = (byte) Character.toLowerCase(c);
            }
        }
        return table;
    }
}
