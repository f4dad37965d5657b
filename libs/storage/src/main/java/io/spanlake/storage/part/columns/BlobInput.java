package io.spanlake.storage.part.columns;

import io.spanlake.blobstore.BlobReads;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.part.RangeSource;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;

/** A blob as ORC reads it: by ranges. Blocks its thread until the source has answered, within its own deadline. */
final class BlobInput extends FSDataInputStream {
    private final RangeSource source;

    BlobInput(RangeSource source) {
        this.source = source;
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int length) throws IOException {
        if (length > 0) {
            var bytes = read(position, length);
            System.arraycopy(bytes.array(), bytes.offset(), target, offset, length);
        }
    }

    private ByteSlice read(long position, int length) throws IOException {
        try {
            var bytes = BlobReads.waitedFor(source.read(position, length)).block();
            if (bytes == null || bytes.length() != length) {
                throw new IOException("%d bytes from %d did not come".formatted(length, position));
            }
            return bytes;
        } catch (RuntimeException e) {
            throw new IOException("%d bytes from %d: %s".formatted(length, position, e.getMessage()), e);
        }
    }
}
