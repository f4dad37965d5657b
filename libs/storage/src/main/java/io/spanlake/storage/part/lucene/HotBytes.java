package io.spanlake.storage.part.lucene;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes of files that are at hand without a read of the blob. Safe for many threads. */
interface HotBytes {
    /** Copies what it has of the file from {@code offset} on, as far as the target goes; returns how many bytes, 0 if none. */
    int copy(String file, long offset, ByteBuffer target) throws IOException;
}
