package org.apache.hadoop.io;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes in the order of their unsigned values. */
public abstract class BinaryComparable implements Comparable<BinaryComparable> {
    /** Only the first {@link #getLength} of them count. */
    public abstract byte[] getBytes();

    public abstract int getLength();

    @Override
    public int compareTo(BinaryComparable other) {
        return Arrays.compareUnsigned(getBytes(), 0, getLength(), other.getBytes(), 0, other.getLength());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BinaryComparable that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < getLength(); i++) {
            hash = 31 * hash + getBytes()[i];
        }
        return hash;
    }
}
