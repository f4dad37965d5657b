package io.spanlake.storage.part.columns;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonArrayItems;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a row the values that may have a column. Absent and {@code null} are the same: no value. Of a key that stands
 * twice in an object the last counts. Not thread-safe.
 */
final class RowValues {
    private final PathTree paths;
    private final ValueSpool spool;
    private final int textBytesMax;
    /** Whether rows of this object type have a place in a trace. */
    private final boolean spans;

    RowValues(PathTree paths, ValueSpool spool, ColumnSpec spec) {
        this.paths = paths;
        this.spool = spool;
        this.textBytesMax = spec.limits().textBytesMax();
        this.spans = switch (spec.object().type()) {
            case PROJECT_LOGS, EXPERIMENT, PLAYGROUND, DATASET -> true;
            case PROMPT, FUNCTION -> false;
        };
    }

    /** @throws io.spanlake.model.json.JsonFormatException where the JSON is not an object */
    void add(ColumnRow row) throws IOException {
        identity(row);
        var error = Optional.<ByteSlice>empty();
        for (var field : JsonObjectFields.lastOf(row.json()).values()) {
            var value = field.value();
            switch (field.name()) {
                case "span_attributes", "metrics", "scores", "metadata" -> below(paths.root(field.name()), value, 2);
                case "tags" -> texts(paths.root("tags"), value);
                case "error" -> error = Optional.of(value).filter(sent -> sent.at(0) != 'n');
                default -> {}
            }
        }
        if (error.isPresent()) {
            leaf(paths.root("error"), error.get());
        }
        spool.bool(paths.root("has_error"), error.isPresent());
        spool.endRow();
    }

    private void identity(ColumnRow row) {
        leaf(paths.root("id"), JsonText.encodeString(row.rowId()));
        if (spans) {
            leaf(paths.root("span_id"), JsonText.encodeString(row.spanId()));
            leaf(paths.root("root_span_id"), JsonText.encodeString(row.rootSpanId()));
            spool.bool(paths.root("is_root"), row.root());
        }
        spool.integer(paths.root("_xact_id"), row.last().transaction().value());
        spool.integer(paths.root("_pagination_key"), row.first().paginationNumber());
        if (row.until().isPresent()) {
            spool.integer(paths.root("_until"), row.until().get().value());
        }
        created(paths.root("created"), row.created());
    }

    private void created(PathNode path, ByteSlice raw) {
        var micros = raw.at(0) == '"' ? ColumnTime.parse(JsonText.decodeString(raw)) : OptionalLong.empty();
        if (micros.isPresent()) {
            spool.time(path, micros.getAsLong());
        } else if (raw.at(0) != 'n') {
            spool.other(path);
        }
    }

    /** @param depth of the keys in the value */
    private void below(PathNode node, ByteSlice value, int depth) {
        if (value.at(0) != '{') {
            return;
        }
        for (var field : JsonObjectFields.lastOf(value).values()) {
            var child = field.value().at(0) == 'n' ? null : paths.child(node, field.name(), depth);
            if (child != null) {
                leaf(child, field.value());
                below(child, field.value(), depth + 1);
            }
        }
    }

    /** Of an object or an array only that it is there. */
    private void leaf(PathNode path, ByteSlice raw) {
        switch (raw.at(0)) {
            case 't' -> spool.bool(path, true);
            case 'f' -> spool.bool(path, false);
            case '"' -> text(path, raw);
            case '{', '[' -> spool.other(path);
            case 'n' -> {}
            default -> spool.number(path, JsonNumber.of(raw));
        }
    }

    private void text(PathNode path, ByteSlice raw) {
        var text = ColumnText.of(raw, bytesMax(path));
        if (text == null) {
            spool.other(path);
        } else {
            spool.text(path, text);
        }
    }

    private int bytesMax(PathNode path) {
        return path.fixed == null ? textBytesMax : FixedColumns.textBytesMax(path.key);
    }

    private void texts(PathNode path, ByteSlice raw) {
        var texts = raw.at(0) == '[' ? textsOf(path, raw) : null;
        if (texts != null) {
            spool.texts(path, texts, texts.size());
        } else if (raw.at(0) != 'n') {
            spool.other(path);
        }
    }

    private @Nullable List<ByteSlice> textsOf(PathNode path, ByteSlice array) {
        var texts = new ArrayList<ByteSlice>();
        for (var item : JsonArrayItems.of(array)) {
            var text = item.at(0) == '"' ? ColumnText.of(item, bytesMax(path)) : null;
            if (text == null) {
                return null;
            }
            texts.add(text);
        }
        return texts;
    }
}
