package io.spanlake.query.execute;

import io.spanlake.model.ByteSlice;

/**
 * A row as its readers see it.
 *
 * @param id               row id
 * @param traceId          {@code root_span_id}
 * @param paginationNumber of its first write, unsigned
 * @param json             one checked JSON object, with all that is computed of a row ({@code _xact_id}, {@code is_root}, …)
 */
public record SourceRow(String id, String traceId, long paginationNumber, ByteSlice json) {}
