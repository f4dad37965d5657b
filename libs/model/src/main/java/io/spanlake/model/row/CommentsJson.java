package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonArrayItems;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The field {@code comments}: what a client sent under that name, then each comment, oldest first. */
final class CommentsJson {
    /** Where a comment belongs and what is done with it; its readers have that from the row. */
    private static final Set<String> NOT_VALUES = Set.of(
            "_is_merge",
            "_merge_paths",
            "_object_delete",
            "_audit_source",
            "_audit_metadata",
            "_pagination_key",
            "origin",
            "project_id",
            "experiment_id",
            "dataset_id",
            "prompt_session_id",
            "log_id");

    private final List<Comments.Comment> comments;
    private final @Nullable ByteSlice sent;

    CommentsJson(List<Comments.Comment> comments, @Nullable ByteSlice sent) {
        this.comments = comments;
        this.sent = sent;
    }

    void writeTo(JsonOutput out) {
        out.open('[');
        for (var item : sentItems()) {
            out.raw(item);
        }
        for (var comment : comments) {
            write(comment, out);
        }
        out.close(']');
    }

    private List<ByteSlice> sentItems() {
        if (sent == null || sent.at(0) == 'n') {
            return List.of();
        }
        return sent.at(0) == '[' ? JsonArrayItems.of(sent) : List.of(sent);
    }

    private static void write(Comments.Comment comment, JsonOutput out) {
        var sent = JsonObjectFields.lastOf(comment.json());
        var stamp = comment.version().stamp();
        Map<String, ByteSlice> fields = new TreeMap<>();
        sent.forEach((name, field) -> fields.put(name, field.value()));
        fields.keySet().removeAll(NOT_VALUES);
        fields.putIfAbsent("id", JsonText.encodeString(comment.id()));
        fields.putIfAbsent("created", JsonText.encodeString(RowJson.isoTime(stamp)));
        fields.put("_xact_id", JsonText.encodeString(stamp.transaction().toString()));
        var source = sent.get("_audit_source");
        if (source != null) {
            fields.putIfAbsent("source", source.value());
        }
        var metadata = sent.get("_audit_metadata");
        if (metadata != null) {
            fields.putIfAbsent("metadata", metadata.value());
        }
        out.open('{');
        fields.forEach((name, value) -> {
            out.name(name);
            out.raw(value);
        });
        out.close('}');
    }
}
