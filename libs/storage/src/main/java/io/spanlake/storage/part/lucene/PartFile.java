package io.spanlake.storage.part.lucene;

/**
 * One file of an index where it lies in a blob.
 *
 * @param name   as Lucene knows it
 * @param offset of its first byte in the blob
 * @param length in bytes
 */
public record PartFile(String name, long offset, long length) {
    public PartFile {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("file %s at %d with %d bytes".formatted(name, offset, length));
        }
    }
}
