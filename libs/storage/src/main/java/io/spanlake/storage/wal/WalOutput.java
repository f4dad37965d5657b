package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;
import java.util.Arrays;

/** A growing buffer of little-endian fields. Not thread-safe. */
final class WalOutput {
    private static final int ARRAY_BYTES_MAX = Integer.MAX_VALUE - 8;

    private byte[] array;
    private int length;

    WalOutput(int capacity) {
        array = new byte[capacity];
    }

    /** Holds the bytes until the next change of this buffer. */
    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    WalOutput u8(int value) {
        reserve(1);
        array[length++] = (byte) value;
        return this;
    }

    WalOutput u16(int value) {
        reserve(Short.BYTES);
        WalFormat.SHORT.set(array, length, (short) value);
        length += Short.BYTES;
        return this;
    }

    WalOutput u32(int value) {
        reserve(Integer.BYTES);
        WalFormat.INT.set(array, length, value);
        length += Integer.BYTES;
        return this;
    }

    WalOutput u64(long value) {
        reserve(Long.BYTES);
        WalFormat.LONG.set(array, length, value);
        length += Long.BYTES;
        return this;
    }

    /** Seven bits a byte, lowest first, the top bit set on all but the last. */
    WalOutput varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            array[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[length++] = (byte) rest;
        return this;
    }

    WalOutput bytes(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, array, length, count);
        length += count;
        return this;
    }

    /** Length as a varint, then the bytes. */
    WalOutput blob(ByteSlice bytes) {
        return varint(bytes.length()).bytes(bytes.array(), bytes.offset(), bytes.length());
    }

    /** What a blob of this length takes. */
    static long blobBytes(int length) {
        int varintBytes = Math.max(1, (38 - Integer.numberOfLeadingZeros(length)) / 7);
        return (long) varintBytes + length;
    }

    WalOutput blob(byte[] bytes) {
        return varint(bytes.length).bytes(bytes, 0, bytes.length);
    }

    private void reserve(int count) {
        if (count > array.length - length) {
            long wanted = Math.max(2L * array.length, (long) length + count);
            if ((long) length + count > ARRAY_BYTES_MAX) {
                throw new IllegalArgumentException("more than %d bytes".formatted(ARRAY_BYTES_MAX));
            }
            array = Arrays.copyOf(array, (int) Math.min(wanted, ARRAY_BYTES_MAX));
        }
    }
}
