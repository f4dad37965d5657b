package io.spanlake.blobstore;

import java.time.Duration;

/** What a put of a file may take: it can be a thousand times larger than other puts. */
final class BlobFiles {
    /** A store that is slower than this in one deadline is away, not busy. */
    private static final long BYTES_PER_DEADLINE = 64L << 20;

    private BlobFiles() {}

    static Duration deadline(Duration deadline, long bytes) {
        return deadline.multipliedBy(1 + bytes / BYTES_PER_DEADLINE);
    }
}
