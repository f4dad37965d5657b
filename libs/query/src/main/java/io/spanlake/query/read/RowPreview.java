package io.spanlake.query.read;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Rows without what is large in them: strings end after so many bytes, with {@code …} behind, and fields of which still too
 * much is left end early, their brackets closed. So a preview is JSON of the same form. The member {@code _cut} names the
 * fields that are not whole, and how many bytes each has. Ids, times and what the server computes are never cut. Pure.
 */
public final class RowPreview {
    /** A field may have so many times the bytes of a string. */
    private static final int FIELD_STRINGS = 8;

    private static final Set<String> WHOLE = Set.of(
            "id",
            "span_id",
            "root_span_id",
            "span_parents",
            "is_root",
            "created",
            "_xact_id",
            "_pagination_key",
            "project_id",
            "org_id",
            "log_id",
            "experiment_id",
            "dataset_id",
            "prompt_session_id");

    private final int stringBytes;

    /** @param stringBytes of one string, at least one */
    public RowPreview(int stringBytes) {
        if (stringBytes < 1) {
            throw new IllegalArgumentException("strings of %d bytes".formatted(stringBytes));
        }
        this.stringBytes = stringBytes;
    }

    /** @param row one JSON object; the same where nothing in it is large */
    public ByteSlice of(ByteSlice row) {
        if (row.length() <= stringBytes) {
            return row;
        }
        var out = new ByteArrayOutputStream(Math.min(row.length(), 4 << 10));
        var cut = new ArrayList<JsonField>();
        for (var field : JsonObjectFields.of(row)) {
            out.write(out.size() == 0 ? '{' : ',');
            write(out, field.rawName());
            out.write(':');
            if (!put(out, field)) {
                cut.add(field);
            }
        }
        return cut.isEmpty() ? row : closed(out, cut);
    }

    /** Whether the field is whole. */
    private boolean put(ByteArrayOutputStream out, JsonField field) {
        if (field.value().length() <= stringBytes || WHOLE.contains(field.name())) {
            write(out, field.value());
            return true;
        }
        return new ValuePreview(out, stringBytes, FIELD_STRINGS * stringBytes).put(field.value());
    }

    private static ByteSlice closed(ByteArrayOutputStream out, List<JsonField> cut) {
        var names = new StringBuilder(",\"_cut\":");
        for (int i = 0; i < cut.size(); i++) {
            names.append(i == 0 ? '{' : ',');
            JsonText.appendString(names, cut.get(i).name());
            names.append(':').append(cut.get(i).value().length());
        }
        out.writeBytes(names.append("}}").toString().getBytes(StandardCharsets.UTF_8));
        return ByteSlice.of(out.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, ByteSlice bytes) {
        out.write(bytes.array(), bytes.offset(), bytes.length());
    }
}
