package io.spanlake.blobstore;

import io.spanlake.model.ByteSlice;

/** What a read has to give: all that was asked for, or an error that says what there was. */
final class BlobRanges {
    private BlobRanges() {}

    static ByteSlice whole(BlobName name, long offset, int length, ByteSlice found) {
        if (found.length() != length) {
            throw new BlobStoreException("blob %s ends before [%d, %d): %d bytes of the range are there"
                    .formatted(name, offset, offset + length, found.length()));
        }
        return found;
    }
}
