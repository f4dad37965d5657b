package io.spanlake.model.binary;

import java.nio.ByteBuffer;

/** Numbers of 0 to 2^31 - 1: seven bits a byte, lowest first, the high bit says that more follow. */
public final class Varint {
    public static final int BYTES_MAX = 5;

    static final int LONG_BYTES_MAX = 9;

    private Varint() {}

    public static int bytes(int value) {
        return (31 - Integer.numberOfLeadingZeros(value | 1)) / 7 + 1;
    }

    public static void put(ByteBuffer target, int value) {
        int rest = value;
        while (rest > 0x7F) {
            target.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        target.put((byte) rest);
    }
}
