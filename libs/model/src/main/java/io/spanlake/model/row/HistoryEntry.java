package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.json.JsonField;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a row remembers of one write, whatever became of its values. Raw JSON, of its own memory.
 *
 * @param source   {@code _audit_source}
 * @param metadata {@code _audit_metadata}
 * @param created  as sent; null where it was absent or null
 */
record HistoryEntry(
        Version version,
        WriteKind kind,
        @Nullable ByteSlice source,
        @Nullable ByteSlice metadata,
        @Nullable ByteSlice created,
        TraceFields trace) {
    static HistoryEntry of(Write write, Version version, Map<String, JsonField> fields) {
        if (write.kind() == WriteKind.COMMENT) {
            // The fields of a comment are its own, not its row's.
            return new HistoryEntry(version, write.kind(), null, null, null, TraceFields.NONE);
        }
        return new HistoryEntry(
                version,
                write.kind(),
                copyOf(fields, "_audit_source"),
                copyOf(fields, "_audit_metadata"),
                copyOf(fields, "created"),
                TraceFields.of(write, fields));
    }

    boolean replaces() {
        return kind == WriteKind.FULL || kind == WriteKind.DELETE;
    }

    HistoryEntry withoutTrace() {
        return trace.equals(TraceFields.NONE)
                ? this
                : new HistoryEntry(version, kind, source, metadata, created, TraceFields.NONE);
    }

    /** A copy, so that a small field does not keep a large row in memory. */
    static @Nullable ByteSlice copyOf(Map<String, JsonField> fields, String name) {
        var field = fields.get(name);
        return field == null || field.value().at(0) == 'n'
                ? null
                : ByteSlice.of(field.value().toArray());
    }

    long bytes() {
        return 96
                + TraceFields.bytesOf(source)
                + TraceFields.bytesOf(metadata)
                + TraceFields.bytesOf(created)
                + trace.bytes();
    }
}
