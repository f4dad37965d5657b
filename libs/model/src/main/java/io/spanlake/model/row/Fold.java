package io.spanlake.model.row;

import io.spanlake.model.Write;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonObjectFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The writes of a row, folded: what happened, the fields that are left, the comments that are left. Immutable.
 *
 * @param settled whether {@link Settling} made it: nothing in it has a version of its own
 */
record Fold(History history, Fields fields, Comments comments, boolean settled) {
    /** Fields that say what to do, that {@link History} keeps, or that the server computes: never values of the row. */
    static final Set<String> NOT_VALUES = Set.of(
            "_is_merge",
            "_merge_paths",
            "_object_delete",
            "_audit_source",
            "_audit_metadata",
            "_parent_id",
            "_xact_id",
            "_pagination_key",
            "created",
            "span_id",
            "root_span_id",
            "span_parents",
            "is_root",
            "audit_data");

    Fold(History history, Fields fields, Comments comments) {
        this(history, fields, comments, false);
    }

    /** @throws io.spanlake.model.json.JsonFormatException where the JSON is not an object */
    static Fold of(Write write) {
        var version = Version.of(write);
        var sent = JsonObjectFields.lastOf(write.json());
        var history = History.of(HistoryEntry.of(write, version, sent));
        return switch (write.kind()) {
            case FULL -> new Fold(history, Fields.of(values(sent), version, null), Comments.NONE);
            case MERGE -> new Fold(history, Fields.of(values(sent), version, paths(sent)), Comments.NONE);
            case DELETE -> new Fold(history, Fields.NONE, Comments.NONE);
            case COMMENT -> new Fold(history, Fields.NONE, Comments.of(write, version, sent));
        };
    }

    private static List<JsonField> values(Map<String, JsonField> sent) {
        var values = new ArrayList<JsonField>(sent.size());
        for (var field : sent.values()) {
            if (!NOT_VALUES.contains(field.name())) {
                values.add(field);
            }
        }
        return values;
    }

    private static MergePaths paths(Map<String, JsonField> sent) {
        var paths = sent.get("_merge_paths");
        return paths == null ? MergePaths.NONE : MergePaths.of(paths.value());
    }

    static Fold join(Fold a, Fold b) {
        if (a.settled
                && b.settled
                && a.history.last().version().equals(b.history.last().version())) {
            return a;
        }
        var history = History.join(a.history, b.history);
        var clear = history.clear();
        return new Fold(history, Fields.join(a.fields, b.fields, clear), Comments.join(a.comments, b.comments, clear));
    }

    /** Whether the write is a part of this already. */
    boolean contains(Write write) {
        return history.hasStamp(write.stamp()) && history.contains(Version.of(write));
    }

    long bytes() {
        return 32 + history.bytes() + fields.bytes() + comments.bytes();
    }
}
