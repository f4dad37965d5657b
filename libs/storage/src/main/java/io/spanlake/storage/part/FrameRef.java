package io.spanlake.storage.part;

import io.spanlake.storage.container.BlobRange;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.ByteOutput;

/**
 * Where a zstd frame lies.
 *
 * @param offset            in the blob
 * @param length            in bytes, compressed
 * @param uncompressedBytes of its content
 * @param crc32c            of the compressed bytes
 */
record FrameRef(long offset, int length, int uncompressedBytes, int crc32c) implements BlobRange {
    static final int BYTES_MIN = 1 + 1 + Integer.BYTES;

    FrameRef movedBy(long bytes) {
        return new FrameRef(offset + bytes, length, uncompressedBytes, crc32c);
    }

    /** Without the offset: frames follow one another. */
    void writeTo(ByteOutput out) {
        out.varint(length).varint(uncompressedBytes).u32(crc32c);
    }

    static FrameRef read(ByteInput in, long offset) {
        var frame = new FrameRef(offset, in.varint32(), in.varint32(), in.u32());
        if (frame.length < 1 || frame.uncompressedBytes > PartFormat.FRAME_BYTES_MAX) {
            throw in.corrupt("a frame of %d bytes, %d uncompressed".formatted(frame.length, frame.uncompressedBytes));
        }
        return frame;
    }
}
