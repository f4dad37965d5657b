package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Where a row stands in its trace, as its readers see it: what was sent, and what the server computes where nothing was.
 *
 * @param spanId     as sent, or else the row's id
 * @param rootSpanId as sent, or else the trace, or else the row's id
 * @param root       whether it names no parent
 * @param created    raw JSON: as sent, or else the time of its first write
 */
public record RowTrace(String spanId, String rootSpanId, boolean root, ByteSlice created) {
    public static RowTrace of(RowState state) {
        var history = state.folded().history();
        var trace = history.trace();
        return new RowTrace(
                text(trace.spanId(), state.rowId()),
                text(trace.rootSpanId(), trace.traceId().orElse(state.rowId())),
                trace.isRoot(),
                history.created().orElseGet(() -> JsonText.encodeString(RowJson.isoTime(state.first()))));
    }

    private static String text(@Nullable ByteSlice sent, String otherwise) {
        if (sent == null) {
            return otherwise;
        }
        return sent.at(0) == '"' ? JsonText.decodeString(sent) : sent.toUtf8();
    }
}
