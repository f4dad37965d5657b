package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Stamp;
import io.spanlake.model.json.JsonText;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Renders a fold as its readers see it. */
final class RowJson {
    private static final DateTimeFormatter ISO_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final int COMPUTED_BYTES = 1024;
    private static final ByteSlice NULL = ByteSlice.ofUtf8("null");

    private record Field(ByteSlice rawName, Consumer<JsonOutput> value) {}

    private final String rowId;
    private final Fold fold;
    private final RowIdentity identity;
    private final Map<String, Field> fields = new TreeMap<>();

    private RowJson(String rowId, Fold fold, RowIdentity identity) {
        this.rowId = rowId;
        this.fold = fold;
        this.identity = identity;
    }

    static ByteSlice of(String rowId, Fold fold, RowIdentity identity) {
        return new RowJson(rowId, fold, identity).render();
    }

    private ByteSlice render() {
        fold.fields().forEach((name, node) -> fields.put(name, new Field(node.rawName(), node::writeTo)));
        var type = identity.object().type();
        putIds(type);
        putStamps();
        putAudit();
        if (isSpan(type) || type == ObjectType.DATASET) {
            putTrace(type);
        }
        putComments(isSpan(type) || type == ObjectType.DATASET);
        var out = new JsonOutput((int) Math.min(fold.fields().bytes() + COMPUTED_BYTES, 1 << 24));
        out.open('{');
        for (var field : fields.values()) {
            out.name(field.rawName);
            field.value.accept(out);
        }
        out.close('}');
        return out.toSlice();
    }

    private static boolean isSpan(ObjectType type) {
        return switch (type) {
            case PROJECT_LOGS, EXPERIMENT, PLAYGROUND -> true;
            case DATASET, PROMPT, FUNCTION -> false;
        };
    }

    private void putIds(ObjectType type) {
        putAbsent("id", rowId);
        var project = identity.project().toString();
        switch (type) {
            case PROJECT_LOGS -> {
                putAbsent("project_id", project);
                put("org_id", identity.organization().toString());
                put("log_id", "g");
            }
            case PROMPT, FUNCTION -> {
                putAbsent("project_id", project);
                put("org_id", identity.organization().toString());
                put("log_id", "p");
            }
            case EXPERIMENT -> {
                put("project_id", project);
                putAbsent("experiment_id", identity.object().id());
            }
            case DATASET -> {
                put("project_id", project);
                putAbsent("dataset_id", identity.object().id());
            }
            case PLAYGROUND -> {
                put("project_id", project);
                putAbsent("prompt_session_id", identity.object().id());
            }
        }
    }

    private void putStamps() {
        var history = fold.history();
        Stamp first = history.first().version().stamp();
        put("_xact_id", history.last().version().stamp().transaction().toString());
        put("_pagination_key", first.paginationKey());
        putRaw("created", history.created().orElseGet(() -> string(isoTime(first))));
    }

    static String isoTime(Stamp stamp) {
        return ISO_MILLIS.format(stamp.transaction().time());
    }

    private void putTrace(ObjectType type) {
        var trace = fold.history().trace();
        // A row without ids of its own is a trace of its own, which is called as the row is.
        putRaw("span_id", orElse(trace.spanId(), rowId));
        putRaw("root_span_id", orElse(trace.rootSpanId(), trace.traceId().orElse(rowId)));
        putComputed("is_root", out -> out.raw(trace.isRoot() ? "true" : "false"));
        var parents = trace.spanParents();
        if (parents != null && !trace.isRoot()) {
            putRaw("span_parents", parents);
        } else if (isSpan(type)) {
            putRaw("span_parents", NULL);
        }
    }

    private void putAudit() {
        putComputed("audit_data", new AuditJson(fold.history())::writeTo);
    }

    private void putComments(boolean always) {
        var present = fold.comments().present();
        if (!present.isEmpty()) {
            var sent = fields.get("comments");
            putComputed("comments", new CommentsJson(present, sent == null ? null : rawOf(sent))::writeTo);
        } else if (always && !fields.containsKey("comments")) {
            putRaw("comments", NULL);
        }
    }

    private static ByteSlice rawOf(Field field) {
        var out = new JsonOutput(COMPUTED_BYTES);
        field.value.accept(out);
        return out.toSlice();
    }

    private static ByteSlice orElse(@Nullable ByteSlice raw, String text) {
        return raw == null ? string(text) : raw;
    }

    private static ByteSlice string(String text) {
        return JsonText.encodeString(text);
    }

    private void put(String name, String text) {
        putRaw(name, string(text));
    }

    private void putAbsent(String name, String text) {
        if (!fields.containsKey(name)) {
            put(name, text);
        }
    }

    private void putRaw(String name, ByteSlice json) {
        putComputed(name, out -> out.raw(json));
    }

    private void putComputed(String name, Consumer<JsonOutput> value) {
        fields.put(name, new Field(string(name), value));
    }
}
