package io.spanlake.storage.part.lucene;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Whether bytes are the same. For keys, words and short texts, with which the JDK's own way takes longer to begin than they take. */
public final class SameBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Beyond it the JDK's way is quicker. */
    private static final int SHORT = 64;

    private SameBytes() {}

    public static boolean of(byte[] one, int oneFirst, byte[] other, int otherFirst, int length) {
        if (length < Long.BYTES) {
            return rest(one, oneFirst, oneFirst + length) == rest(other, otherFirst, otherFirst + length);
        }
        if (length > SHORT) {
            return Arrays.equals(one, oneFirst, oneFirst + length, other, otherFirst, otherFirst + length);
        }
        // The last eight, some of which the loop has seen too: so nothing is left over.
        int last = length - Long.BYTES;
        for (int at = 0; at < last; at += Long.BYTES) {
            if ((long) LONGS.get(one, oneFirst + at) != (long) LONGS.get(other, otherFirst + at)) {
                return false;
            }
        }
        return (long) LONGS.get(one, oneFirst + last) == (long) LONGS.get(other, otherFirst + last);
    }

    /** Fewer than eight bytes, or none, as one number. */
    static long rest(byte[] source, int from, int next) {
        if (source.length - from >= Long.BYTES) {
            long eight = (long) LONGS.get(source, from);
            return eight & ((1L << (Byte.SIZE * (next - from))) - 1);
        }
        long rest = 0;
        for (int at = next - 1; at >= from; at--) {
            rest = (rest << Byte.SIZE) | (source[at] & 0xFF);
        }
        return rest;
    }
}
