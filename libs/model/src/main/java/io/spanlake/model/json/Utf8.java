package io.spanlake.model.json;

import io.spanlake.model.ByteSlice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** UTF-8 as RFC 3629 has it: no overlong form, no encoded surrogate, nothing above U+10FFFF. */
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** The offset in the slice of the first byte of the first sequence that is not UTF-8, or -1. */
    public static int firstFault(ByteSlice slice) {
        byte[] bytes = slice.array();
        int end = slice.offset() + slice.length();
        int at = slice.offset();
        while (at < end) {
            if (at <= end - Long.BYTES && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
                at += Long.BYTES;
                continue;
            }
            int length = sequenceLength(bytes, at, end);
            if (length == 0) {
                return at - slice.offset();
            }
            at += length;
        }
        return -1;
    }

    /** Bytes of the sequence that begins here, 0 where none does. */
    private static int sequenceLength(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xE0) {
            return lead >= 0xC2 && continues(bytes, at + 1, end) ? 2 : 0;
        }
        if (at + 2 >= end || !continues(bytes, at + 2, end)) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        if (lead < 0xF0) {
            int low = lead == 0xE0 ? 0xA0 : 0x80;
            int high = lead == 0xED ? 0x9F : 0xBF;
            return second >= low && second <= high ? 3 : 0;
        }
        int low = lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xF4 ? 0x8F : 0xBF;
        return lead <= 0xF4 && second >= low && second <= high && continues(bytes, at + 3, end) ? 4 : 0;
    }

    private static boolean continues(byte[] bytes, int at, int end) {
        return at < end && (bytes[at] & 0xC0) == 0x80;
    }

    /**
     * Writes a code point, a surrogate as any other of its size, and returns the place after it.
     *
     * @param target has room for as many bytes as it takes: at most 4
     */
    public static int put(int codePoint, byte[] target, int at) {
        if (codePoint < 0x80) {
            target[at] = (byte) codePoint;
            return at + 1;
        }
        if (codePoint < 0x800) {
            target[at] = (byte) (0xC0 | codePoint >>> 6);
            target[at + 1] = tail(codePoint);
            return at + 2;
        }
        if (codePoint < 0x1_0000) {
            target[at] = (byte) (0xE0 | codePoint >>> 12);
            target[at + 1] = tail(codePoint >>> 6);
            target[at + 2] = tail(codePoint);
            return at + 3;
        }
        target[at] = (byte) (0xF0 | codePoint >>> 18);
        target[at + 1] = tail(codePoint >>> 12);
        target[at + 2] = tail(codePoint >>> 6);
        target[at + 3] = tail(codePoint);
        return at + 4;
    }

    private static byte tail(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }

    /** Whether a text holds half a surrogate pair, which UTF-8 cannot say. */
    public static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
