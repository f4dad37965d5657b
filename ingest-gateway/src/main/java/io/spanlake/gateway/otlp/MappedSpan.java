package io.spanlake.gateway.otlp;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;

/**
 * A span as a row.
 *
 * @param rowId   trace id and span id, so that an export that is repeated writes the same row
 * @param traceId the row's {@code root_span_id}
 * @param json    the row, as a client of {@code /logs3} would send it
 */
record MappedSpan(ObjectRef object, String rowId, String traceId, ByteSlice json) {}
