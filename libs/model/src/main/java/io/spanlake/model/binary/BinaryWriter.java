package io.spanlake.model.binary;

import io.spanlake.model.ByteSlice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes what {@link BinaryReader} reads, into memory that grows. Not thread-safe. */
public final class BinaryWriter {
    private ByteBuffer bytes;

    public BinaryWriter(int expectedBytes) {
        bytes = ByteBuffer.allocate(Math.max(expectedBytes, 64));
    }

    public BinaryWriter put(int value) {
        room(1).put((byte) value);
        return this;
    }

    public BinaryWriter putLong(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    public BinaryWriter putShort(int value) {
        room(Short.BYTES).putShort((short) value);
        return this;
    }

    public BinaryWriter putVarint(int value) {
        Varint.put(room(Varint.BYTES_MAX), value);
        return this;
    }

    /** As {@link #putVarint}, of up to 63 bits. */
    public BinaryWriter putVarlong(long value) {
        var target = room(Varint.LONG_BYTES_MAX);
        long rest = value;
        while (rest > 0x7F) {
            target.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        target.put((byte) rest);
        return this;
    }

    /** The bytes alone. */
    public BinaryWriter putRaw(ByteSlice slice) {
        room(slice.length()).put(slice.array(), slice.offset(), slice.length());
        return this;
    }

    /** Length, then the bytes. */
    public BinaryWriter putSlice(ByteSlice slice) {
        return putVarint(slice.length()).putRaw(slice);
    }

    /** @param text without lone surrogates */
    public BinaryWriter putText(String text) {
        return putSlice(ByteSlice.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Begins anew; what was taken of it before is overwritten. Memory of up to {@code keptBytes} stays for what follows. */
    public BinaryWriter clear(int keptBytes) {
        bytes = bytes.capacity() <= keptBytes ? bytes.clear() : ByteBuffer.allocate(keptBytes);
        return this;
    }

    /** What was written: the writer's own memory, not a copy, and what is written after {@link #clear} goes into it. */
    public ByteSlice toSlice() {
        return ByteSlice.of(bytes.array(), 0, bytes.position());
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int needed = Math.addExact(bytes.position(), more);
            int doubled = (int) Math.min(2L * bytes.capacity(), Integer.MAX_VALUE - 8);
            bytes = ByteBuffer.allocate(Math.max(needed, doubled)).put(bytes.flip());
        }
        return bytes;
    }
}
