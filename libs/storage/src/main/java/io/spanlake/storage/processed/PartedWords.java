package io.spanlake.storage.processed;

import io.spanlake.model.ByteSlice;

/**
 * Where a {@link TokenFilter} has other words of ASCII than {@link io.spanlake.storage.part.text.Words} finds: one is parted by
 * what is left out there, as a soft hyphen, or has a letter that is equal to one of ASCII but for its case.
 * Says yes too often, never no where there is such a word.
 */
public final class PartedWords {
    private static final int ESCAPE_BYTES = 6;

    private final byte[] bytes;
    private final int begin;
    private final int end;
    /** Of what was looked at last. */
    private int next;

    private PartedWords(ByteSlice json) {
        this.bytes = json.array();
        this.begin = json.offset();
        this.end = json.offset() + json.length();
    }

    /** @param json raw */
    public static boolean mayStandIn(ByteSlice json) {
        return new PartedWords(json).mayStand();
    }

    private boolean mayStand() {
        int at = begin;
        while (at < end) {
            byte b = bytes[at];
            if (b >= 0 && b != '\\') {
                at++;
                continue;
            }
            int point = b < 0 ? codePoint(at) : escaped(at);
            if (isEqualToAscii(point) || (io.spanlake.storage.part.text.Words.leavesOut(point) && isWithin(at))) {
                return true;
            }
            at = next;
        }
        return false;
    }

    /** Letters beyond ASCII that differ from one of ASCII by their case only: long s, dotted and dotless i, the sign of Kelvin. */
    private static boolean isEqualToAscii(int point) {
        return point == 0x17F || point == 0x130 || point == 0x131 || point == 0x212A;
    }

    private int codePoint(int at) {
        int lead = bytes[at] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        if (length == 1 || end - at < length) {
            next = at + 1;
            return 0;
        }
        int point = lead & (0x7F >>> length);
        for (int i = 1; i < length; i++) {
            point = (point << 6) | (bytes[at + i] & 0x3F);
        }
        next = at + length;
        return point;
    }

    private int escaped(int at) {
        int unit = unitAt(at);
        if (unit < 0) {
            next = at + 2;
            return 0;
        }
        next = at + ESCAPE_BYTES;
        int low = Character.isHighSurrogate((char) unit) ? unitAt(next) : -1;
        if (low < 0 || !Character.isLowSurrogate((char) low)) {
            return unit;
        }
        next += ESCAPE_BYTES;
        return Character.toCodePoint((char) unit, (char) low);
    }

    /** -1 where no escape names one. */
    private int unitAt(int at) {
        if (end - at < ESCAPE_BYTES || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + ESCAPE_BYTES; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }

    /** A letter, or the end of an escape that may be one, before it; behind it one of these, or more that is left out. */
    private boolean isWithin(int at) {
        return at > begin
                && isLetter(bytes[at - 1])
                && next < end
                && (bytes[next] < 0 || bytes[next] == '\\' || isLetter(bytes[next]));
    }

    private static boolean isLetter(byte b) {
        return b >= 0 && Character.isLetterOrDigit(b);
    }
}
