package io.spanlake.storage.wal;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Write;
import io.spanlake.storage.container.CorruptBlobException;
import java.util.List;

/**
 * A block of a WAL object before it has a place in one: compressed where the writes came in, and copied as it is from then
 * on.
 *
 * @param object            whose writes they are
 * @param uncompressedBytes of all its writes
 * @param crc32c            of the frame
 * @param writes            at least one, in the order in which they stand
 * @param frame             one zstd frame
 */
public record PackedBlock(ObjectRef object, int uncompressedBytes, int crc32c, List<WriteRef> writes, ByteSlice frame) {
    public PackedBlock {
        writes = List.copyOf(writes);
    }

    /**
     * The writes, inflated, each checked against what is said of it. Their JSON are slices of one array. CPU work.
     *
     * @throws CorruptBlobException where a byte of the frame is not what was written
     */
    public List<Write> unpack() {
        return WalBlockReader.decode(new BlockRef(object, 0, frame.length(), uncompressedBytes, crc32c, writes), frame);
    }
}
