package io.spanlake.storage.container;

/** A piece of a blob. */
public interface BlobRange {
    long offset();

    /** In bytes. */
    int length();

    /** Offset after its last byte. */
    default long end() {
        return offset() + length();
    }
}
