package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a fold as JSON that is its own, without what the server computes: the values, and among them, in the order
 * of all names, the fields that stand. None of the latter is ever a value, so that each is found again by its name.
 *
 * @param values   name and value of each value, in order
 * @param standing the raw value of each field that stands
 */
record OwnJson(List<JsonField> values, Map<String, ByteSlice> standing) {
    private static final String PARENT_ROW_ID = "_parent_id";
    private static final String CREATED = "created";
    private static final String ROOT_SPAN_ID = "root_span_id";
    private static final String SPAN_ID = "span_id";
    private static final String SPAN_PARENTS = "span_parents";

    /** In the order in which they are written. */
    static final List<String> STANDING = List.of(PARENT_ROW_ID, CREATED, ROOT_SPAN_ID, SPAN_ID, SPAN_PARENTS);

    /** Whether it is a field that stands, and shown under its name. */
    static boolean isSeen(String name) {
        return STANDING.contains(name) && !name.equals(PARENT_ROW_ID);
    }

    static OwnJson parse(ByteSlice json) {
        var values = new ArrayList<JsonField>();
        var standing = new LinkedHashMap<String, ByteSlice>();
        for (var field : JsonObjectFields.of(json)) {
            if (STANDING.contains(field.name())) {
                // A copy: it goes into the history, which must not keep the row in memory.
                standing.put(field.name(), ByteSlice.of(field.value().toArray()));
            } else {
                values.add(field);
            }
        }
        return new OwnJson(values, standing);
    }

    static ByteSlice write(Fold fold, Map<String, ByteSlice> standing) {
        // To the byte, or nearly, but for huge ones: rows are kept as they are written here.
        var out = new JsonOutput((int) Math.min(fold.fields().jsonBytes() + bytes(standing), 1 << 24));
        out.open('{');
        var names = new ArrayList<>(standing.keySet());
        fold.fields().forEach((name, node) -> {
            while (!names.isEmpty() && names.getFirst().compareTo(name) < 0) {
                put(names.removeFirst(), standing, out);
            }
            out.name(node.rawName());
            node.writeTo(out);
        });
        names.forEach(name -> put(name, standing, out));
        out.close('}');
        return out.toSlice();
    }

    private static long bytes(Map<String, ByteSlice> standing) {
        long bytes = 0;
        for (var field : standing.entrySet()) {
            bytes += field.getKey().length()
                    + "\"\":,".length()
                    + field.getValue().length();
        }
        return bytes;
    }

    private static void put(String name, Map<String, ByteSlice> standing, JsonOutput out) {
        out.name(name);
        out.raw(standing.getOrDefault(name, ByteSlice.ofUtf8("null")));
    }

    /** The fields of a history that stand, in order of their names. */
    static Map<String, ByteSlice> standing(History history) {
        return standing(history.trace(), history.created().orElse(null));
    }

    /** Those of one write. */
    static Map<String, ByteSlice> standing(TraceFields trace, @Nullable ByteSlice created) {
        var standing = new LinkedHashMap<String, ByteSlice>();
        put(standing, PARENT_ROW_ID, trace.parentRowId());
        put(standing, CREATED, created);
        put(standing, ROOT_SPAN_ID, trace.rootSpanId());
        put(standing, SPAN_ID, trace.spanId());
        put(standing, SPAN_PARENTS, trace.spanParents());
        return standing;
    }

    private static void put(Map<String, ByteSlice> standing, String name, @Nullable ByteSlice value) {
        if (value != null) {
            standing.put(name, value);
        }
    }

    static @Nullable ByteSlice created(Map<String, ByteSlice> standing) {
        return standing.get(CREATED);
    }

    static TraceFields trace(Optional<String> traceId, Map<String, ByteSlice> standing) {
        return new TraceFields(
                traceId,
                standing.get(SPAN_ID),
                standing.get(ROOT_SPAN_ID),
                standing.get(SPAN_PARENTS),
                standing.get(PARENT_ROW_ID));
    }

    /** The trace id that the {@code root_span_id} of this JSON names. */
    static Optional<String> rootSpanId(ByteSlice json) {
        return JsonObjectFields.firstValueOf(json, ROOT_SPAN_ID).flatMap(OwnJson::text);
    }

    static Optional<String> rootSpanId(Map<String, ByteSlice> standing) {
        return Optional.ofNullable(standing.get(ROOT_SPAN_ID)).flatMap(OwnJson::text);
    }

    private static Optional<String> text(ByteSlice raw) {
        return raw.at(0) == '"' ? Optional.of(JsonText.decodeString(raw)) : Optional.empty();
    }
}
