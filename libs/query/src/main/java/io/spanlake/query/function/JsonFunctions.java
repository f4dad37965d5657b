package io.spanlake.query.function;

import io.spanlake.query.match.Containment;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.Canonical;
import io.spanlake.query.value.Compare;
import io.spanlake.query.value.DecimalValue;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Paths;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

final class JsonFunctions {
    private static final int MANY = 100;

    private JsonFunctions() {}

    static void register(Functions.Registry all) {
        all.strict("len", 1, ValueType.INTEGER, (_, a) -> length(a.getFirst()));
        all.alias("length", "len");
        all.strict("array_length", 1, ValueType.INTEGER, (_, a) -> arrayLength(a.getFirst()));
        all.alias("json_array_length", "array_length");
        all.strict("json_keys", 1, ValueType.ARRAY, (_, a) -> keys(a.getFirst()));
        all.strict("json_type", 1, ValueType.STRING, (_, a) -> new TextValue(type(a.getFirst())));
        all.strict("json_extract", 2, ValueType.ANY, (_, a) -> extract(a.get(0), a.get(1)));
        all.lenient(
                "contains",
                2,
                2,
                ValueType.BOOLEAN,
                (_, a) -> BooleanValue.of(Containment.includes(a.get(0), a.get(1))));
        all.alias("includes", "contains");
        all.lenient("coalesce", 1, MANY, ValueType.ANY, (_, a) -> coalesce(a));
        all.alias("ifnull", "coalesce");
        all.lenient("nullif", 2, 2, ValueType.ANY, (_, a) -> nullIf(a.get(0), a.get(1)));
        all.strict("sha256", 1, ValueType.STRING, (_, a) -> new TextValue(sha256(a.getFirst())));
        all.lenient(
                "sha256_json",
                1,
                1,
                ValueType.STRING,
                (_, a) -> new TextValue(digest(JsonWriter.json(Canonical.of(a.getFirst())))));
        // There are no vectors in our rows.
        all.lenient("vector", 1, 2, ValueType.ANY, (_, _) -> NullValue.NULL);
    }

    private static Value length(Value value) {
        return switch (value) {
            case ArrayValue(var items) -> new LongValue(items.size());
            case ObjectValue(var fields) -> new LongValue(fields.size());
            case TextValue(var text) -> new LongValue(text.codePointCount(0, text.length()));
            default -> NullValue.NULL;
        };
    }

    private static Value arrayLength(Value value) {
        return value instanceof ArrayValue(var items) ? new LongValue(items.size()) : NullValue.NULL;
    }

    private static Value keys(Value value) {
        return value instanceof ObjectValue(var fields)
                ? new ArrayValue(
                        fields.keySet().stream().<Value>map(TextValue::new).toList())
                : NullValue.NULL;
    }

    static String type(Value value) {
        return switch (value) {
            case LongValue _ -> "integer";
            case DecimalValue _ -> "number";
            default -> ValueType.of(value).jsonName();
        };
    }

    /** By the key as it stands, else by a path. */
    private static Value extract(Value holder, Value key) {
        var json =
                holder instanceof TextValue(var text) ? JsonValues.parse(text).orElse(NullValue.NULL) : holder;
        if (!(key instanceof TextValue(var name))) {
            return key instanceof LongValue(var index) && Math.abs(index) < 1 << 30
                    ? Paths.step(json, new Step.Index((int) index))
                    : NullValue.NULL;
        }
        var plain = Paths.step(json, new Step.Key(name));
        return plain.isNull() ? Paths.at(json, steps(name), 0) : plain;
    }

    private static List<Step> steps(String path) {
        var steps = new ArrayList<Step>();
        for (var part : (path.startsWith("$.") ? path.substring(2) : path).split("[.\\[]", -1)) {
            boolean index = part.endsWith("]") && part.length() > 1 && part.length() < 10;
            var inner = index ? part.substring(0, part.length() - 1) : part;
            if (index && inner.matches("-?[0-9]+")) {
                steps.add(new Step.Index(Integer.parseInt(inner)));
            } else if (!part.isEmpty()) {
                steps.add(new Step.Key(inner));
            }
        }
        return steps;
    }

    private static Value coalesce(List<Value> arguments) {
        for (var argument : arguments) {
            if (!argument.isNull()) {
                return argument;
            }
        }
        return NullValue.NULL;
    }

    private static Value nullIf(Value a, Value b) {
        return !a.isNull() && !b.isNull() && Compare.same(a, b) ? NullValue.NULL : a;
    }

    /** Of the text of a string, else of the canonical JSON. */
    static String sha256(Value value) {
        return digest(value instanceof TextValue(var plain) ? plain : JsonWriter.json(Canonical.of(value)));
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
