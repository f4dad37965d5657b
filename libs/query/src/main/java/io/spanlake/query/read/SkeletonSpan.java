package io.spanlake.query.read;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;
import io.spanlake.query.cursor.RowPosition;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a tree of a trace shows of a span, without its values: ids, parents, name, type, times, whether it failed, and how
 * many bytes each large field has.
 *
 * @param json one object; what the span does not say is left out
 */
record SkeletonSpan(RowStart start, ByteSlice json) {
    private static final List<String> SIZED =
            List.of("input", "output", "expected", "error", "metadata", "scores", "metrics", "tags", "context");
    private static final List<String> METRICS =
            List.of("start", "end", "prompt_tokens", "completion_tokens", "tokens", "estimated_cost");
    private static final DateTimeFormatter ISO_MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** @param row as its readers see it */
    static SkeletonSpan ofRow(String rowId, String traceId, RowPosition position, ByteSlice row) {
        var fields = JsonObjectFields.lastOf(row);
        boolean root = value(fields, "is_root").map(flag -> flag.at(0) == 't').orElse(true);
        return new Writer(rowId, traceId, fields).span(position, root, () -> ByteSlice.ofUtf8("null"));
    }

    /**
     * Of a row whose fields stand as they were sent: one that lies in a part, as whole as it is, or that one full write made.
     *
     * @param first its first write
     */
    static SkeletonSpan asSent(String rowId, String traceId, Stamp first, RowPosition position, ByteSlice json) {
        var fields = JsonObjectFields.lastOf(json);
        var parents = value(fields, "span_parents");
        boolean root = parents.map(SkeletonSpan::isEmptyArray)
                .orElseGet(() -> value(fields, "_parent_id").isEmpty());
        return new Writer(rowId, traceId, fields)
                .span(
                        position,
                        root,
                        () -> JsonText.encodeString(
                                ISO_MILLIS.format(first.transaction().time())));
    }

    private static Optional<ByteSlice> value(Map<String, JsonField> fields, String name) {
        var field = fields.get(name);
        return field == null || field.value().at(0) == 'n' ? Optional.empty() : Optional.of(field.value());
    }

    private static boolean isEmptyArray(ByteSlice json) {
        return json.at(0) == '[' && json.toUtf8().strip().substring(1).strip().equals("]");
    }

    /** Puts one together. */
    private static final class Writer {
        private final String rowId;
        private final String rootOtherwise;
        private final Map<String, JsonField> fields;
        private final StringBuilder out = new StringBuilder(320);

        Writer(String rowId, String rootOtherwise, Map<String, JsonField> fields) {
            this.rowId = rowId;
            this.rootOtherwise = rootOtherwise;
            this.fields = fields;
        }

        SkeletonSpan span(RowPosition position, boolean root, Supplier<ByteSlice> createdOtherwise) {
            text("id", rowId);
            raw("span_id", value("span_id").orElseGet(() -> JsonText.encodeString(rowId)));
            raw("root_span_id", value("root_span_id").orElseGet(() -> JsonText.encodeString(rootOtherwise)));
            out.append(",\"is_root\":").append(root);
            if (!root) {
                // Line breaks between its tokens are kept beside where a row is stored.
                value("span_parents")
                        .map(parents -> parents.toUtf8().replace('\n', ' ').replace('\r', ' '))
                        .ifPresent(parents -> out.append(",\"span_parents\":").append(parents));
            }
            var attributes = object("span_attributes");
            for (var name : List.of("name", "type", "purpose")) {
                attributes
                        .flatMap(object -> JsonObjectFields.valueOf(object, name))
                        .filter(SkeletonSpan::isScalar)
                        .ifPresent(found -> raw(name, found));
            }
            object("metadata")
                    .flatMap(object -> JsonObjectFields.valueOf(object, "model"))
                    .filter(SkeletonSpan::isScalar)
                    .ifPresent(model -> raw("model", model));
            var created = value("created").orElseGet(createdOtherwise);
            raw("created", created);
            var metrics = object("metrics").map(JsonObjectFields::lastOf).orElse(Map.of());
            for (var name : METRICS) {
                SkeletonSpan.value(metrics, name).filter(SkeletonSpan::isNumber).ifPresent(number -> raw(name, number));
            }
            if (value("error").isPresent()) {
                out.append(",\"error\":true");
            }
            sizes();
            var start = RowStart.of(SkeletonSpan.value(metrics, "start"), Optional.of(created), position);
            return new SkeletonSpan(start, ByteSlice.ofUtf8(out.append('}').toString()));
        }

        private void sizes() {
            long all = 0;
            var sizes = new StringBuilder();
            for (var name : SIZED) {
                var found = value(name);
                if (found.isPresent()) {
                    all += found.get().length();
                    sizes.append(",\"")
                            .append(name)
                            .append("\":")
                            .append(found.get().length());
                }
            }
            out.append(",\"bytes\":{\"all\":").append(all).append(sizes).append('}');
        }

        private Optional<ByteSlice> value(String name) {
            return SkeletonSpan.value(fields, name);
        }

        private Optional<ByteSlice> object(String name) {
            return value(name).filter(found -> found.at(0) == '{');
        }

        private void text(String name, String text) {
            out.append(out.isEmpty() ? '{' : ',').append('"').append(name).append("\":");
            JsonText.appendString(out, text);
        }

        private void raw(String name, ByteSlice json) {
            out.append(",\"").append(name).append("\":").append(json.toUtf8());
        }
    }

    private static boolean isScalar(ByteSlice json) {
        byte first = json.at(0);
        return first != '{' && first != '[' && first != 'n' && json.length() <= 4 << 10;
    }

    private static boolean isNumber(ByteSlice json) {
        byte first = json.at(0);
        return first == '-' || (first >= '0' && first <= '9');
    }
}
