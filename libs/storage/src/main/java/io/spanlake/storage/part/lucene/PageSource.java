package io.spanlake.storage.part.lucene;

import io.spanlake.model.ByteSlice;
import java.io.IOException;

/** Pages of the blob that an index lies in. May block. Safe for many threads. */
@FunctionalInterface
interface PageSource {
    /** Exactly the bytes of the range. */
    ByteSlice read(long offset, int length) throws IOException;
}
