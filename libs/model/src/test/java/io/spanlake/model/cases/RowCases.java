package io.spanlake.model.cases;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.json.JsonArrayItems;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;
import io.spanlake.model.row.RowIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The cases that lie beside this class as {@code *.json}; their form is in the README there. */
public final class RowCases {
    public static final OrganizationId ORGANIZATION = OrganizationId.parse("baf11e07-365c-428c-8c5e-1fb679abf08f");
    public static final UUID PROJECT = UUID.fromString("708ada76-5035-4203-8135-3e59ce79c497");
    public static final String ROW_ID = "r";

    private static final List<String> TOPICS = List.of("merges", "standing", "deletes", "comments", "values", "depth");
    private static final long EPOCH_SECONDS = 1_795_434_372L;

    private RowCases() {}

    public static List<RowCase> all() {
        var cases = new ArrayList<RowCase>();
        for (String topic : TOPICS) {
            var file = JsonObjectFields.lastOf(read(topic + ".json"));
            for (var item : JsonArrayItems.of(value(file, "cases"))) {
                cases.add(rowCase(topic, JsonObjectFields.lastOf(item)));
            }
        }
        return cases;
    }

    private static RowCase rowCase(String topic, Map<String, JsonField> fields) {
        var object = text(fields, "object")
                .map(RowCases::object)
                .orElse(new ObjectRef(ObjectType.PROJECT_LOGS, PROJECT.toString()));
        var writes = new ArrayList<Write>();
        for (var write : JsonArrayItems.of(value(fields, "writes"))) {
            writes.add(write(object, JsonObjectFields.lastOf(write)));
        }
        var row = value(fields, "row");
        return new RowCase(
                topic + ": " + text(fields, "name").orElseThrow(),
                new RowIdentity(ORGANIZATION, PROJECT, object),
                List.copyOf(writes),
                row.at(0) == 'n' ? Optional.empty() : Optional.of(values(row)),
                text(fields, "trace"),
                fields.containsKey("patchOnly")
                        ? Optional.of(value(fields, "patchOnly").at(0) == 't')
                        : Optional.empty());
    }

    /** The fields of a row, each to the byte. */
    public static Map<String, ByteSlice> values(ByteSlice row) {
        var values = new LinkedHashMap<String, ByteSlice>();
        JsonObjectFields.lastOf(row).forEach((name, field) -> values.put(name, field.value()));
        return values;
    }

    private static Write write(ObjectRef object, Map<String, JsonField> fields) {
        long second = Long.parseLong(value(fields, "second").toUtf8());
        int position = Integer.parseInt(value(fields, "position").toUtf8());
        var kind = WriteKind.valueOf(text(fields, "kind").orElseThrow().toUpperCase(Locale.ROOT));
        var stamp = new Stamp(TransactionId.of(EPOCH_SECONDS + second, 0), position);
        return new Write(object, ROW_ID, text(fields, "trace"), stamp, kind, value(fields, "json"));
    }

    private static ObjectRef object(String text) {
        int colon = text.indexOf(':');
        return new ObjectRef(ObjectType.ofText(text.substring(0, colon)), text.substring(colon + 1));
    }

    private static Optional<String> text(Map<String, JsonField> fields, String name) {
        return Optional.ofNullable(fields.get(name)).map(field -> JsonText.decodeString(field.value()));
    }

    private static ByteSlice value(Map<String, JsonField> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name).value();
    }

    private static ByteSlice read(String name) {
        try (var file = RowCases.class.getResourceAsStream(name)) {
            return ByteSlice.of(Objects.requireNonNull(file, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
