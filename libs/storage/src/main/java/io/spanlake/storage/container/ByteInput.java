package io.spanlake.storage.container;

import io.spanlake.model.ByteSlice;
import java.util.UUID;

/**
 * Reads little-endian fields, and refuses every length that the bytes at hand cannot hold before anything is allocated
 * for it. Not thread-safe.
 */
public final class ByteInput {
    private final String what;
    private final byte[] array;
    private final int first;
    private final int end;
    private int at;

    private ByteInput(String what, ByteSlice bytes) {
        this.what = what;
        this.array = bytes.array();
        this.first = bytes.offset();
        this.at = first;
        this.end = first + bytes.length();
    }

    /** @param what names the bytes in messages */
    public static ByteInput of(String what, ByteSlice bytes) {
        return new ByteInput(what, bytes);
    }

    /** Bytes read so far. */
    public int position() {
        return at - first;
    }

    public int remaining() {
        return end - at;
    }

    public boolean isAtEnd() {
        return at == end;
    }

    public int u8() {
        return array[take(1)] & 0xFF;
    }

    public int u16() {
        return (short) Bytes.SHORT.get(array, take(Short.BYTES)) & 0xFFFF;
    }

    public int u32() {
        return (int) Bytes.INT.get(array, take(Integer.BYTES));
    }

    public long u64() {
        return (long) Bytes.LONG.get(array, take(Long.BYTES));
    }

    public UUID uuid() {
        return new UUID(Long.reverseBytes(u64()), Long.reverseBytes(u64()));
    }

    /** @throws CorruptBlobException where the value is not in its shortest form or beyond 63 bits */
    public long varint() {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int part = u8();
            value |= (long) (part & 0x7F) << shift;
            if (part < 0x80) {
                if (part == 0 && shift > 0) {
                    throw corrupt("a number with leading zeros");
                }
                return value;
            }
        }
        throw corrupt("a number of more than 63 bits");
    }

    public int varint32() {
        long value = varint();
        if (value > Integer.MAX_VALUE) {
            throw corrupt("%d where at most 31 bits are allowed".formatted(value));
        }
        return (int) value;
    }

    /** A count of things that take at least {@code bytesEach} bytes of what is left. */
    public int count(int bytesEach) {
        long count = varint();
        if (count > (end - at) / bytesEach) {
            throw corrupt(
                    "%d entries of at least %d bytes in the %d that are left".formatted(count, bytesEach, end - at));
        }
        return (int) count;
    }

    public ByteSlice bytes(int length) {
        return ByteSlice.of(array, take(length), length);
    }

    /** A length, then so many bytes: a range of those at hand. */
    public ByteSlice blob() {
        return bytes(varint32());
    }

    /** To be thrown by the caller: names the place. */
    public CorruptBlobException corrupt(String problem) {
        return new CorruptBlobException("%s, byte %d: %s".formatted(what, position(), problem));
    }

    private int take(int count) {
        if (count > end - at) {
            throw corrupt("%d bytes wanted, %d left".formatted(count, end - at));
        }
        int begin = at;
        at += count;
        return begin;
    }
}
