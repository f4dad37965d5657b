package io.spanlake.blobstore;

import java.time.Instant;

/** A blob that exists. */
public record BlobEntry(BlobName name, long bytes, Instant createdAt) {}
