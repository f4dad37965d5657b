package io.spanlake.catalog.work;

import java.time.Instant;

/** A blob that counted once and is needed by no new query. */
public record RetiredBlob(String name, long bytes, Instant retiredAt) {}
