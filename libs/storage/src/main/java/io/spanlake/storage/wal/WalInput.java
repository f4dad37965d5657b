package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;

/**
 * Reads little-endian fields, and refuses every length that the bytes at hand cannot hold before anything is allocated
 * for it. Not thread-safe.
 */
final class WalInput {
    private final String what;
    private final byte[] array;
    private final int end;
    private int at;

    /** @param what names the bytes in messages */
    WalInput(String what, byte[] array, int offset, int length) {
        this.what = what;
        this.array = array;
        this.at = offset;
        this.end = offset + length;
    }

    int position() {
        return at;
    }

    boolean isAtEnd() {
        return at == end;
    }

    int u8() {
        return array[take(1)] & 0xFF;
    }

    int u16() {
        return (short) WalFormat.SHORT.get(array, take(Short.BYTES)) & 0xFFFF;
    }

    int u32() {
        return (int) WalFormat.INT.get(array, take(Integer.BYTES));
    }

    long u64() {
        return (long) WalFormat.LONG.get(array, take(Long.BYTES));
    }

    /** @throws CorruptWalObjectException where the value is not in its shortest form or beyond 63 bits */
    long varint() {
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

    int varint32() {
        long value = varint();
        if (value > Integer.MAX_VALUE) {
            throw corrupt("%d where at most 31 bits are allowed".formatted(value));
        }
        return (int) value;
    }

    /** A count of things that take at least {@code bytesEach} bytes of what is left. */
    int count(int bytesEach) {
        long count = varint();
        if (count > (end - at) / bytesEach) {
            throw corrupt(
                    "%d entries of at least %d bytes in the %d that are left".formatted(count, bytesEach, end - at));
        }
        return (int) count;
    }

    ByteSlice bytes(int length) {
        return ByteSlice.of(array, take(length), length);
    }

    ByteSlice blob() {
        return bytes(varint32());
    }

    CorruptWalObjectException corrupt(String problem) {
        return new CorruptWalObjectException("%s, byte %d: %s".formatted(what, at, problem));
    }

    private int take(int count) {
        if (count > end - at) {
            throw corrupt("%d bytes wanted, %d left".formatted(count, end - at));
        }
        int first = at;
        at += count;
        return first;
    }
}
