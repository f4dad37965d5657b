package io.spanlake.storage.processed;

import io.spanlake.storage.container.BlobRange;
import java.util.List;

/**
 * Where a frame lies and what is in it. Frames of one section are neighbours: one ranged read can take several.
 *
 * @param offset            in the blob
 * @param length            in bytes, compressed
 * @param uncompressedBytes of all its row states
 * @param crc32c            of the compressed bytes
 * @param filter            where the token filter of its words lies
 * @param rows              at least one, in the order in which they stand
 */
public record FrameRef(
        long offset, int length, int uncompressedBytes, int crc32c, FilterRef filter, List<ProcessedRow> rows)
        implements BlobRange {
    /**
     * Where a token filter lies; those of a section are neighbours.
     *
     * @param length in bytes, as it is
     */
    public record FilterRef(long offset, int length, int crc32c) implements BlobRange {}

    public FrameRef {
        rows = List.copyOf(rows);
    }

    /** Of the place alone: refs are keys of caches, and have hundreds of rows. */
    @Override
    public int hashCode() {
        return 31 * Long.hashCode(offset) + crc32c;
    }
}
