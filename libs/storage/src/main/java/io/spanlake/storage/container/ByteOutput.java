package io.spanlake.storage.container;

import io.spanlake.model.ByteSlice;
import java.util.Arrays;
import java.util.UUID;

/** A growing buffer of little-endian fields. Not thread-safe. */
public final class ByteOutput {
    private static final int ARRAY_BYTES_MAX = Integer.MAX_VALUE - 8;

    private byte[] array;
    private int length;

    public ByteOutput(int capacity) {
        array = new byte[capacity];
    }

    /** Holds the bytes until the next change of this buffer. */
    public byte[] array() {
        return array;
    }

    public int length() {
        return length;
    }

    /** A copy of the bytes. */
    public ByteSlice toSlice() {
        return ByteSlice.of(Arrays.copyOf(array, length));
    }

    public void clear() {
        length = 0;
    }

    public ByteOutput u8(int value) {
        reserve(1);
        array[length++] = (byte) value;
        return this;
    }

    public ByteOutput u16(int value) {
        reserve(Short.BYTES);
        Bytes.SHORT.set(array, length, (short) value);
        length += Short.BYTES;
        return this;
    }

    public ByteOutput u32(int value) {
        reserve(Integer.BYTES);
        Bytes.INT.set(array, length, value);
        length += Integer.BYTES;
        return this;
    }

    public ByteOutput u64(long value) {
        reserve(Long.BYTES);
        Bytes.LONG.set(array, length, value);
        length += Long.BYTES;
        return this;
    }

    /** In the order in which it is written: the most significant byte first. */
    public ByteOutput uuid(UUID value) {
        return u64(Long.reverseBytes(value.getMostSignificantBits()))
                .u64(Long.reverseBytes(value.getLeastSignificantBits()));
    }

    /** Seven bits a byte, lowest first, the top bit set on all but the last. */
    public ByteOutput varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            array[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[length++] = (byte) rest;
        return this;
    }

    public ByteOutput bytes(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, array, length, count);
        length += count;
        return this;
    }

    public ByteOutput bytes(ByteSlice source) {
        return bytes(source.array(), source.offset(), source.length());
    }

    /** Length as a varint, then the bytes. */
    public ByteOutput blob(ByteSlice bytes) {
        return varint(bytes.length()).bytes(bytes.array(), bytes.offset(), bytes.length());
    }

    /** What a blob of this length takes. */
    public static long blobBytes(int length) {
        int varintBytes = Math.max(1, (38 - Integer.numberOfLeadingZeros(length)) / 7);
        return (long) varintBytes + length;
    }

    public ByteOutput blob(byte[] bytes) {
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
