package io.spanlake.storage.part.columns;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.fs.FSDataInputStream;

/** A blob as ORC reads it: by ranges. Blocks its thread until the store has answered. */
final class BlobInput extends FSDataInputStream {
    private final BlobStore store;
    private final BlobName name;

    BlobInput(BlobStore store, BlobName name) {
        this.store = store;
        this.name = name;
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        try {
            // Ends within the store's own deadline.
            var bytes =
                    Objects.requireNonNull(store.read(name, position, length).block(), "a read without answer");
            System.arraycopy(bytes.array(), bytes.offset(), target, offset, length);
        } catch (RuntimeException e) {
            throw new IOException("%s: %d bytes from %d: %s".formatted(name, length, position, e.getMessage()), e);
        }
    }
}
