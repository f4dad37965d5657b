package io.spanlake.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A range of a byte array that is shared and not copied. Nobody writes into the array once a slice of it exists, but
 * for whoever uses its own memory again and says so. Equal where the bytes are equal.
 */
public final class ByteSlice {
    private final byte[] array;
    private final int offset;
    private final int length;

    private ByteSlice(byte[] array, int offset, int length) {
        if ((offset | length) < 0 || offset > array.length - length) {
            throw new IndexOutOfBoundsException(
                    "[%d, %d + %d) of %d bytes".formatted(offset, offset, length, array.length));
        }
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    public static ByteSlice of(byte[] array) {
        return new ByteSlice(array, 0, array.length);
    }

    public static ByteSlice of(byte[] array, int offset, int length) {
        return new ByteSlice(array, offset, length);
    }

    public static ByteSlice ofUtf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The shared array; read only. */
    public byte[] array() {
        return array;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    public byte at(int index) {
        return array[offset + index];
    }

    public ByteSlice slice(int from, int length) {
        if ((from | length) < 0 || from > this.length - length) {
            throw new IndexOutOfBoundsException("[%d, %d + %d) of %d".formatted(from, from, length, this.length));
        }
        return new ByteSlice(array, offset + from, length);
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    public ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    public String toUtf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteSlice that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** Never the content: payloads do not belong in logs. */
    @Override
    public String toString() {
        return length + " bytes";
    }
}
