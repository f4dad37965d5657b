package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.Crc;

/**
 * A piece of the tail that is kept as it is.
 *
 * @param offset in the blob
 */
record TailPiece(long offset, int length, int crc32c) {
    static TailPiece of(long offset, ByteSlice bytes) {
        return new TailPiece(offset, bytes.length(), Crc.of(bytes));
    }

    long end() {
        return offset + length;
    }

    void writeTo(ByteOutput out) {
        out.varint(length).u32(crc32c);
    }

    static TailPiece read(ByteInput in, long offset) {
        return new TailPiece(offset, in.varint32(), in.u32());
    }

    /** Its bytes, checked. */
    ByteSlice in(ByteSlice tail, long tailOffset) {
        var bytes = tail.slice((int) (offset - tailOffset), length);
        int crc = Crc.of(bytes);
        if (crc != crc32c) {
            throw new CorruptBlobException(
                    "filter at %d: CRC32C is %s, not %s".formatted(offset, Crc.hex(crc), Crc.hex(crc32c)));
        }
        return bytes;
    }
}
