package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.model.json.JsonField;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one write says of its place in a trace. Raw JSON, of its own memory; null where it was absent or null.
 *
 * @param traceId     the trace that the write names
 * @param parentRowId {@code _parent_id}: older clients name the parent's row, not its span
 */
record TraceFields(
        Optional<String> traceId,
        @Nullable ByteSlice spanId,
        @Nullable ByteSlice rootSpanId,
        @Nullable ByteSlice spanParents,
        @Nullable ByteSlice parentRowId) {
    static final TraceFields NONE = new TraceFields(Optional.empty(), null, null, null, null);

    static TraceFields of(Write write, Map<String, JsonField> fields) {
        return new TraceFields(
                write.traceId(),
                HistoryEntry.copyOf(fields, "span_id"),
                HistoryEntry.copyOf(fields, "root_span_id"),
                HistoryEntry.copyOf(fields, "span_parents"),
                HistoryEntry.copyOf(fields, "_parent_id"));
    }

    /** Each field of this, where it is absent that of the later one: what stands, stands. */
    TraceFields orElse(TraceFields later) {
        return new TraceFields(
                traceId.or(later::traceId),
                spanId == null ? later.spanId : spanId,
                rootSpanId == null ? later.rootSpanId : rootSpanId,
                spanParents == null ? later.spanParents : spanParents,
                parentRowId == null ? later.parentRowId : parentRowId);
    }

    boolean isRoot() {
        return spanParents == null ? parentRowId == null : isEmptyArray(spanParents);
    }

    private static boolean isEmptyArray(ByteSlice json) {
        return json.at(0) == '[' && json.toUtf8().strip().substring(1).strip().equals("]");
    }

    long bytes() {
        return 40
                + traceId.map(String::length).orElse(0)
                + bytesOf(spanId)
                + bytesOf(rootSpanId)
                + bytesOf(spanParents)
                + bytesOf(parentRowId);
    }

    static long bytesOf(@Nullable ByteSlice slice) {
        return slice == null ? 0 : 40L + slice.length();
    }
}
