package org.apache.hadoop.io;

import java.util.Arrays;

/** Compares bytes. */
public final class WritableComparator {
    private WritableComparator() {}

    /** In the order of their unsigned values. */
    public static int compareBytes(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
        return Arrays.compareUnsigned(a, aOffset, aOffset + aLength, b, bOffset, bOffset + bLength);
    }
}
