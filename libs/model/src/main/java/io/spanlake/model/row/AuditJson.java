package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.WriteKind;

/** The field {@code audit_data}: who wrote what when. Comments tell of themselves. */
final class AuditJson {
    private static final ByteSlice EMPTY = ByteSlice.ofUtf8("{}");
    private static final ByteSlice API = ByteSlice.ofUtf8("\"api\"");

    private final History history;

    AuditJson(History history) {
        this.history = history;
    }

    void writeTo(JsonOutput out) {
        out.open('[');
        for (var entry : history.living()) {
            if (entry.kind() != WriteKind.COMMENT) {
                write(entry, out);
            }
        }
        out.close(']');
    }

    private static void write(HistoryEntry entry, JsonOutput out) {
        out.open('{');
        out.name("_xact_id");
        out.string(entry.version().stamp().transaction().toString());
        out.name("audit_data");
        out.open('{');
        out.name("action");
        out.string(action(entry.kind()));
        out.close('}');
        out.name("metadata");
        var metadata = entry.metadata();
        out.raw(metadata == null ? EMPTY : metadata);
        out.name("source");
        var source = entry.source();
        out.raw(source == null ? API : source);
        out.close('}');
    }

    private static String action(WriteKind kind) {
        return switch (kind) {
            case FULL -> "upsert";
            case MERGE, COMMENT -> "merge";
            case DELETE -> "delete";
        };
    }
}
