package io.spanlake.storage.wal;

import io.spanlake.model.ObjectRef;
import io.spanlake.storage.container.BlobRange;
import java.util.List;

/**
 * Where a block lies and what is in it. Blocks of one object in one section are neighbours: one ranged read can take
 * several.
 *
 * @param object            whose writes they are; a block never mixes objects
 * @param offset            in the blob
 * @param length            in bytes, compressed
 * @param uncompressedBytes of all its writes
 * @param crc32c            of the compressed bytes
 * @param writes            at least one, in the order in which they stand
 */
public record BlockRef(
        ObjectRef object, long offset, int length, int uncompressedBytes, int crc32c, List<WriteRef> writes)
        implements BlobRange {
    public BlockRef {
        writes = List.copyOf(writes);
    }

    /** Of the place alone: refs are keys of caches, and have hundreds of writes. */
    @Override
    public int hashCode() {
        return 31 * Long.hashCode(offset) + crc32c;
    }
}
