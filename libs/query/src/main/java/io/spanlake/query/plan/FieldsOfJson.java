package io.spanlake.query.plan;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonObjectFields;
import java.util.Collection;
import java.util.Set;

/** Some fields of an object as an object of its own, which keeps nothing of the others in memory. */
public final class FieldsOfJson {
    private FieldsOfJson() {}

    /** @param json one object that was checked */
    public static ByteSlice of(ByteSlice json, Set<String> fields) {
        return of(JsonObjectFields.lastOf(json).values(), fields);
    }

    static ByteSlice of(Collection<JsonField> all, Set<String> fields) {
        var kept = all.stream().filter(field -> fields.contains(field.name())).toList();
        int length = 1 + Math.max(1, kept.size());
        for (var field : kept) {
            length += field.rawName().length() + 1 + field.value().length();
        }
        var json = new byte[length];
        int at = 0;
        for (var field : kept) {
            json[at] = (byte) (at == 0 ? '{' : ',');
            at = put(json, at + 1, field.rawName());
            json[at] = ':';
            at = put(json, at + 1, field.value());
        }
        json[0] = '{';
        json[length - 1] = '}';
        return ByteSlice.of(json);
    }

    private static int put(byte[] target, int at, ByteSlice bytes) {
        System.arraycopy(bytes.array(), bytes.offset(), target, at, bytes.length());
        return at + bytes.length();
    }
}
