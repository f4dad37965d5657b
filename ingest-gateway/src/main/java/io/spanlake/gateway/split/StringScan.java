package io.spanlake.gateway.split;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Passes over the text of a string eight bytes at a time. Not thread-safe. */
final class StringScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * ONES;
    private static final long SPACES = ' ' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    private long seen;

    void begin() {
        seen = 0;
    }

    /** Whether a byte above 0x7F was passed since {@link #begin}; may say so of a few bytes behind the string, too. */
    boolean sawNonAscii() {
        return (seen & HIGH_BITS) != 0;
    }

    /** The place of the next quote, backslash or control character; {@code end} where there is none. */
    int nextSpecial(byte[] bytes, int at, int end) {
        int next = at;
        long all = seen;
        while (next <= end - Long.BYTES) {
            long word = (long) LONGS.get(bytes, next);
            all |= word;
            long hits = (zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | below(word)) & HIGH_BITS;
            if (hits != 0) {
                seen = all;
                return next + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            next += Long.BYTES;
        }
        while (next < end && bytes[next] != '"' && bytes[next] != '\\' && (bytes[next] & 0xFF) >= ' ') {
            all |= bytes[next];
            next++;
        }
        seen = all;
        return next;
    }

    /** The lowest byte marked is zero; marks above it may be wrong, and are not looked at. */
    private static long zeroBytes(long word) {
        return (word - ONES) & ~word;
    }

    /** The lowest byte marked is a control character. */
    private static long below(long word) {
        return (word - SPACES) & ~word;
    }
}
