package io.spanlake.catalog.work;

import java.time.Instant;

/**
 * The wish that all versions of a row go.
 *
 * @param askedAt by the catalog's clock
 */
public record Erasure(long id, String rowId, Instant askedAt) {}
