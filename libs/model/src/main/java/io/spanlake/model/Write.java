package io.spanlake.model;

import java.util.Optional;

/**
 * One appended version of a row.
 *
 * @param object  what the row belongs to
 * @param rowId   the row; of a comment the row that it is about
 * @param traceId the trace that the write names ({@code root_span_id}), absent in a patch
 * @param json    the row as it was sent: one JSON object, valid UTF-8, verbatim
 */
public record Write(
        ObjectRef object, String rowId, Optional<String> traceId, Stamp stamp, WriteKind kind, ByteSlice json) {
    /** Bytes that a row id or trace id may have in UTF-8. */
    public static final int ID_BYTES_MAX = 1024;

    public Write {
        if (rowId.isEmpty()) {
            throw new IllegalArgumentException("a write without row id");
        }
    }

    /** The key that keeps a trace together: the trace, or the row itself where none is named. */
    public String placementKey() {
        return traceId.orElse(rowId);
    }
}
