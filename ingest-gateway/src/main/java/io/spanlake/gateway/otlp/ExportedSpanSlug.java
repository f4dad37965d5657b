package io.spanlake.gateway.otlp;

import io.spanlake.gateway.otlp.SpanParent.SpanLink;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The text in which SDKs hand a span to another process, as seen in what they send: Base64 of
 *
 * <pre>
 * version (1 byte: 3 or 4) | object type (1: 1 experiment, 2 project logs, 3 playground) | number of ids (1)
 * ids: field (1: 1 object, 2 row, 3 span, 4 root span) and 16 bytes; in version 4 a span id has 8
 * the rest: a JSON object with ids that are not hex, names to look up, and fields to hand down
 * </pre>
 */
final class ExportedSpanSlug {
    private static final int CHARS_MAX = 65_536;
    private static final int OBJECT = 1;
    private static final int SPAN = 3;
    private static final int ROOT_SPAN = 4;
    private static final Map<Integer, String> FIELD_NAMES =
            Map.of(OBJECT, "object_id", 2, "row_id", SPAN, "span_id", ROOT_SPAN, "root_span_id");

    private ExportedSpanSlug() {}

    static SpanParent parse(String text) throws MalformedExport {
        if (text.length() > CHARS_MAX) {
            throw fault();
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            int version = bytes.get();
            int objectType = bytes.get();
            if (version != 3 && version != 4) {
                throw fault();
            }
            var ids = ids(bytes, version);
            var json = json(bytes);
            json.forEach((name, value) -> {
                if (FIELD_NAMES.containsValue(name)) {
                    stringOf(value).ifPresent(id -> ids.put(name, id));
                }
            });
            var object = object(objectType, ids, json);
            return new SpanParent.Below(object, link(ids), inherited(json));
        } catch (RuntimeException e) {
            throw fault();
        }
    }

    private static MalformedExport fault() {
        return new MalformedExport(
                "x-bt-parent is none of project_id:…, project_name:…, experiment_id:…, playground_id:… and no exported span");
    }

    private static Map<String, String> ids(ByteBuffer bytes, int version) {
        var ids = new HashMap<String, String>();
        int count = Byte.toUnsignedInt(bytes.get());
        for (int i = 0; i < count; i++) {
            int field = bytes.get();
            var id = new byte[version == 4 && field == SPAN ? 8 : 16];
            bytes.get(id);
            boolean isHex = version == 4 && (field == SPAN || field == ROOT_SPAN);
            ids.put(FIELD_NAMES.getOrDefault(field, ""), isHex ? HexFormat.of().formatHex(id) : uuid(id));
        }
        return ids;
    }

    private static String uuid(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }

    private static Map<String, ByteSlice> json(ByteBuffer bytes) {
        var rest = new byte[bytes.remaining()];
        bytes.get(rest);
        var fields = new HashMap<String, ByteSlice>();
        if (rest.length > 0) {
            for (JsonField field : JsonObjectFields.of(ByteSlice.of(rest))) {
                fields.put(field.name(), field.value());
            }
        }
        return fields;
    }

    private static SpanParent object(int objectType, Map<String, String> ids, Map<String, ByteSlice> json)
            throws MalformedExport {
        String id = ids.get("object_id");
        if (id != null) {
            return switch (objectType) {
                case 1 -> new SpanParent.Experiment(id);
                case 2 -> new SpanParent.Project(id);
                case 3 -> new SpanParent.Playground(id);
                default -> throw fault();
            };
        }
        var lookUp = json.get("compute_object_metadata_args");
        if (lookUp == null || objectType != 2) {
            throw fault();
        }
        var names = new HashMap<String, ByteSlice>();
        JsonObjectFields.of(lookUp).forEach(field -> names.put(field.name(), field.value()));
        var projectId = Optional.ofNullable(names.get("project_id")).flatMap(ExportedSpanSlug::stringOf);
        if (projectId.isPresent()) {
            return new SpanParent.Project(projectId.get());
        }
        return new SpanParent.ProjectName(Optional.ofNullable(names.get("project_name"))
                .flatMap(ExportedSpanSlug::stringOf)
                .orElseThrow(ExportedSpanSlug::fault));
    }

    private static Optional<SpanLink> link(Map<String, String> ids) {
        String span = ids.get("span_id");
        String root = ids.get("root_span_id");
        return span == null || root == null ? Optional.empty() : Optional.of(new SpanLink(span, root));
    }

    private static Map<String, String> inherited(Map<String, ByteSlice> json) {
        var inherited = new HashMap<String, String>();
        var event = json.get("propagated_event");
        if (event != null && event.length() > 0 && event.at(0) == '{') {
            JsonObjectFields.of(event)
                    .forEach(field -> inherited.put(field.name(), field.value().toUtf8()));
        }
        return inherited;
    }

    private static Optional<String> stringOf(ByteSlice json) {
        return json.length() > 1 && json.at(0) == '"' ? Optional.of(JsonText.decodeString(json)) : Optional.empty();
    }
}
