package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Random writes of one row, over few keys, so that they meet often. */
final class RowHistories {
    static final ObjectRef LOGS = new ObjectRef(ObjectType.PROJECT_LOGS, "708ada76-5035-4203-8135-3e59ce79c497");
    private static final List<String> KEYS = List.of("a", "b", "metadata", "x.y", "\\u0061", "");
    private static final List<String> SCALARS =
            List.of("1", "-0.0", "1e308", "\"t\"", "\"\\ud800\"", "null", "[]", "[{\"a\":1}]", "{}", "true");
    private static final List<String> COLONS = List.of(":", ":", ":", ":", ":", ":", ":", " : ", ":\r\n", "\n:");
    private static final long SECONDS = 1_795_434_372L;

    private final Random random;

    RowHistories(Random random) {
        this.random = random;
    }

    /** In the order of their stamps, which are all different. */
    List<Write> next() {
        var writes = new ArrayList<Write>();
        int count = 1 + random.nextInt(8);
        int second = 0;
        for (int i = 0; i < count; i++) {
            boolean sameTransaction = random.nextInt(4) == 0;
            second += sameTransaction ? 0 : 1;
            writes.add(write(new Stamp(TransactionId.of(SECONDS + second, 7), i)));
        }
        return writes;
    }

    private Write write(Stamp stamp) {
        int dice = random.nextInt(100);
        if (dice < 20) {
            return write(stamp, WriteKind.FULL, row(""));
        }
        if (dice < 28) {
            return new Write(
                    LOGS,
                    "r",
                    Optional.empty(),
                    stamp,
                    WriteKind.DELETE,
                    ByteSlice.ofUtf8("{\"_object_delete\":true,\"created\":\"d\"}"));
        }
        if (dice < 40) {
            return comment(stamp);
        }
        String paths = random.nextInt(4) == 0 ? "\"_merge_paths\":" + paths() + "," : "";
        return write(stamp, WriteKind.MERGE, row("\"_is_merge\":true," + paths));
    }

    private static Write write(Stamp stamp, WriteKind kind, String json) {
        var root = PlainJson.object(json).get("root_span_id");
        var trace = root instanceof String text ? Optional.of(text) : Optional.<String>empty();
        return new Write(LOGS, "r", trace, stamp, kind, ByteSlice.ofUtf8(json));
    }

    private Write comment(Stamp stamp) {
        String id = random.nextBoolean() ? "c1" : "c2";
        String what = random.nextInt(4) == 0
                ? "\"_object_delete\":true"
                : "\"comment\":{\"text\":\"" + stamp.position() + "\"}";
        String json = "{\"id\":\"" + id + "\",\"created\":\"c\",\"origin\":{\"id\":\"r\"}," + what + "}";
        return new Write(LOGS, "r", Optional.empty(), stamp, WriteKind.COMMENT, ByteSlice.ofUtf8(json));
    }

    private String row(String control) {
        var json = new StringBuilder("{").append(control);
        if (random.nextInt(8) == 0) {
            json.append("\"_audit_source\":\"app\",\"_audit_metadata\":{\"user_id\":1},");
        }
        if (random.nextInt(3) == 0) {
            json.append("\"created\":\"t").append(random.nextInt(3)).append("\",");
        }
        if (random.nextInt(3) == 0) {
            json.append("\"root_span_id\":\"trace").append(random.nextInt(3)).append("\",");
        }
        if (random.nextInt(3) == 0) {
            json.append("\"span_parents\":")
                    .append(random.nextBoolean() ? "[]" : "[\"p\"]")
                    .append(',');
        }
        String object = object(3);
        return json.append(object.equals("{}") ? "\"z\":0}" : object.substring(1))
                .toString();
    }

    private String value(int depth) {
        return depth > 0 && random.nextInt(5) < 3 ? object(depth) : SCALARS.get(random.nextInt(SCALARS.size()));
    }

    private String object(int depth) {
        int count = random.nextInt(4);
        var fields = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            fields.add("\"" + key() + "\"" + COLONS.get(random.nextInt(COLONS.size())) + value(depth - 1));
        }
        return "{" + String.join(",", fields) + "}";
    }

    private String paths() {
        return random.ints(1 + random.nextInt(2), 1, 4)
                .mapToObj(length -> random.ints(length, 0, KEYS.size())
                        .mapToObj(key -> "\"" + KEYS.get(key) + "\"")
                        .collect(Collectors.joining(",", "[", "]")))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String key() {
        return KEYS.get(random.nextInt(KEYS.size()));
    }
}
