package io.spanlake.catalog.rebuild;

import io.spanlake.catalog.parts.Checkpoint;

/** A checkpoint that lies in the store, whether its swap was ever made or not. */
public record StoredCheckpoint(String blobName, long bytes, Checkpoint checkpoint) {}
