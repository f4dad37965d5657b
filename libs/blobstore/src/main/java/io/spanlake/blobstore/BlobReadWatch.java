package io.spanlake.blobstore;

import java.time.Duration;

/** Told of each read that a piece of work makes of blobs; see {@link BlobReads}. Thread-safe. */
public interface BlobReadWatch {
    /** Who answered a read. */
    enum Origin {
        /** A request went out to the store. */
        STORE,
        /** A block on local disk. */
        BLOCK_CACHE
    }

    /** @param waited from when the read began until its bytes were there */
    void read(BlobName blob, Origin origin, int bytes, Duration waited);
}
