package io.spanlake.catalog.processed;

import io.spanlake.model.ObjectRef;
import java.time.Instant;
import java.util.UUID;

/**
 * A segment, as far as it was cut.
 *
 * @param rows     row states of all cuts; a row that came in two of them counts twice
 * @param rawBytes of them, uncompressed
 */
public record OpenedSegment(UUID id, ObjectRef object, Instant openedAt, long rows, long rawBytes) {}
