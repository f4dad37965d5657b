package io.spanlake.blobstore;

/** Block {@code index} of a blob, from 0. */
record BlockKey(BlobName blob, long index) {}
