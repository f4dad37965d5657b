package io.spanlake.model.json;

import io.spanlake.model.ByteSlice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The top-level fields of one JSON object, as ranges of its bytes: nothing is copied but the names. */
public final class JsonObjectFields {
    private static final int USUAL_FIELDS = 16;

    private JsonObjectFields() {}

    /**
     * All fields in the order sent; of a key that stands twice, both.
     *
     * @param object one object that {@link JsonCheck} has accepted
     * @throws JsonFormatException where quotes, brackets, colons or commas do not stand as in an object
     */
    public static List<JsonField> of(ByteSlice object) {
        var fields = new ArrayList<JsonField>(USUAL_FIELDS);
        int start = object.offset();
        var scan = new JsonScan(object.array(), start, start + object.length());
        int at = scan.afterSpace(scan.expect(scan.afterSpace(start), '{'));
        if (at < start + object.length() && object.array()[at] == '}') {
            requireEnd(scan, object, at + 1);
            return fields;
        }
        while (true) {
            at = addField(fields, scan, object, at);
            if (at < start + object.length() && object.array()[at] == ',') {
                at = scan.afterSpace(at + 1);
                continue;
            }
            requireEnd(scan, object, scan.expect(at, '}'));
            return fields;
        }
    }

    /** The fields by name; of a key that stands twice, the last. In the order of each key's first place. */
    public static Map<String, JsonField> lastOf(ByteSlice object) {
        var fields = of(object);
        var byName = LinkedHashMap.<String, JsonField>newLinkedHashMap(fields.size());
        for (var field : fields) {
            byName.put(field.name(), field);
        }
        return byName;
    }

    /** The value of one key, the last where it stands twice. */
    public static Optional<ByteSlice> valueOf(ByteSlice object, String name) {
        byte[] bytes = object.array();
        int start = object.offset();
        int end = start + object.length();
        var scan = new JsonScan(bytes, start, end);
        int at = scan.afterSpace(scan.expect(scan.afterSpace(start), '{'));
        if (at < end && bytes[at] == '}') {
            requireEnd(scan, object, at + 1);
            return Optional.empty();
        }
        var found = Optional.<ByteSlice>empty();
        while (true) {
            int nameEnd = scan.afterString(at);
            int value = scan.afterSpace(scan.expect(scan.afterSpace(nameEnd), ':'));
            int valueEnd = scan.afterValue(value);
            if (isName(bytes, at, nameEnd, name)) {
                found = Optional.of(ByteSlice.of(bytes, value, valueEnd - value));
            }
            at = scan.afterSpace(valueEnd);
            if (at < end && bytes[at] == ',') {
                at = scan.afterSpace(at + 1);
                continue;
            }
            requireEnd(scan, object, scan.expect(at, '}'));
            return found;
        }
    }

    /** Names are mostly of ASCII without escapes, and mostly others: their first byte says so. */
    private static boolean isName(byte[] bytes, int quote, int nameEnd, String name) {
        byte first = bytes[quote + 1];
        return (first == '\\' || first < 0 || first == (name.isEmpty() ? '"' : name.charAt(0)))
                && JsonText.decodeString(ByteSlice.of(bytes, quote, nameEnd - quote))
                        .equals(name);
    }

    /**
     * The value of the first field of this name. What follows it is not looked at, so that of a large object only its
     * beginning is read.
     *
     * @throws JsonFormatException where what stands before it is no beginning of an object
     */
    public static Optional<ByteSlice> firstValueOf(ByteSlice object, String name) {
        int start = object.offset();
        int end = start + object.length();
        var scan = new JsonScan(object.array(), start, end);
        int at = scan.afterSpace(scan.expect(scan.afterSpace(start), '{'));
        var field = new ArrayList<JsonField>(1);
        while (at < end && object.array()[at] == '"') {
            at = addField(field, scan, object, at);
            var found = field.removeLast();
            if (found.name().equals(name)) {
                return Optional.of(found.value());
            }
            at = at < end && object.array()[at] == ',' ? scan.afterSpace(at + 1) : end;
        }
        return Optional.empty();
    }

    /** Returns the place of the comma or brace that follows the field. */
    private static int addField(List<JsonField> fields, JsonScan scan, ByteSlice object, int at) {
        byte[] bytes = object.array();
        int nameEnd = scan.afterString(at);
        int value = scan.afterSpace(scan.expect(scan.afterSpace(nameEnd), ':'));
        int valueEnd = scan.afterValue(value);
        var rawName = ByteSlice.of(bytes, at, nameEnd - at);
        fields.add(
                new JsonField(JsonText.decodeString(rawName), rawName, ByteSlice.of(bytes, value, valueEnd - value)));
        return scan.afterSpace(valueEnd);
    }

    private static void requireEnd(JsonScan scan, ByteSlice object, int at) {
        int rest = scan.afterSpace(at);
        if (rest != object.offset() + object.length()) {
            throw scan.fault("more than one value", rest);
        }
    }
}
