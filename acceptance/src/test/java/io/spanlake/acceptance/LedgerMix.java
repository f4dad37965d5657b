package io.spanlake.acceptance;

import io.spanlake.acceptance.RawJson.Array;
import io.spanlake.acceptance.RawJson.Fields;
import io.spanlake.acceptance.RawJson.Scalar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one writer sends, by a seed alone: of 100 writes 70 insert, 20 merge, 5 replace, 3 delete, and 2 insert a row of 1 to
 * 15 MB. Rows are this writer's own, so that the order of their writes is known; two objects have rows of the same ids. Not
 * thread-safe.
 */
final class LedgerMix {
    private static final int ROWS_A_REQUEST_MAX = 20;
    private static final int MIB = 1 << 20;
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private record RowKey(LedgerObject object, String id) {}

    private final int writer;
    private final Random random;
    private final List<LedgerObject> objects;
    private final Map<String, List<RowKey>> rows = new HashMap<>();
    private final Map<RowKey, String> traces = new HashMap<>();
    private final Set<RowKey> deleted = new HashSet<>();

    /** @param objects the first of them gets most */
    LedgerMix(long seed, int writer, List<LedgerObject> objects) {
        this.writer = writer;
        this.random = new Random(seed * 31 + writer);
        this.objects = objects;
    }

    /** @param open whether a row may be written again; of one whose state is unknown that is not so */
    List<LedgerWrite> next(Predicate<LedgerWrite> open) {
        int count = 1 + random.nextInt(ROWS_A_REQUEST_MAX);
        var writes = new ArrayList<LedgerWrite>();
        for (int i = 0; i < count; i++) {
            var write = write();
            if (open.test(write)) {
                writes.add(write);
            }
        }
        return writes;
    }

    private LedgerWrite write() {
        var object = random.nextInt(10) < 7 ? objects.getFirst() : objects.get(random.nextInt(objects.size()));
        int dice = random.nextInt(100);
        var own = rows.computeIfAbsent(object.name(), _ -> new ArrayList<>());
        if (dice < 72 || own.isEmpty()) {
            return insert(own, object, dice < 2);
        }
        var key = random.nextBoolean()
                ? own.get(random.nextInt(own.size()))
                : own.get(Math.max(0, own.size() - 1 - random.nextInt(10)));
        if (deleted.contains(key)) {
            return full(key, traceFor(object), false);
        }
        if (dice < 92) {
            return merge(key);
        }
        return dice < 97 ? replace(key) : delete(key);
    }

    private LedgerWrite insert(List<RowKey> own, LedgerObject object, boolean big) {
        var key = new RowKey(object, "w%d-%d".formatted(writer, own.size()));
        own.add(key);
        return full(key, traceFor(object), big);
    }

    /** One in ten lies in a trace that all writers share, one in twenty in one of long before. */
    private String traceFor(LedgerObject object) {
        int dice = random.nextInt(20);
        int recent = rows.getOrDefault(object.name(), List.of()).size() / 8;
        if (dice < 2) {
            return "hot";
        }
        return "t%d-%d".formatted(writer, dice == 2 ? random.nextInt(recent + 1) : recent);
    }

    private LedgerWrite full(RowKey key, String trace, boolean big) {
        deleted.remove(key);
        var row = content(key, big);
        if (key.object().spans()) {
            traces.put(key, trace);
            row.put("root_span_id", text(trace));
            row.put("span_id", text("s-" + key.id()));
            row.put("span_parents", random.nextInt(4) == 0 ? new Array(List.of()) : new Array(List.of(text("s-p"))));
        }
        return write(key, row);
    }

    /** One in twenty names another trace, or none. */
    private LedgerWrite replace(RowKey key) {
        if (!key.object().spans()) {
            return write(key, content(key, false));
        }
        int dice = random.nextInt(40);
        if (dice == 0) {
            traces.remove(key);
            return write(key, content(key, false));
        }
        return full(key, dice == 1 ? traceFor(key.object()) : traces.getOrDefault(key, key.id()), false);
    }

    private LedgerWrite merge(RowKey key) {
        var row = row(key);
        row.put("_is_merge", new Scalar("true"));
        if (random.nextInt(6) == 0) {
            row.put("_merge_paths", new Array(List.of(new Array(List.of(text("metadata"), text("deep"))))));
        }
        row.put("metadata", new Fields(Map.of("deep", deep(), "merged", number())));
        if (random.nextBoolean()) {
            row.put("output", LedgerTexts.named(random.nextLong(), 50 + random.nextInt(2_000)));
        }
        if (key.object().spans()) {
            row.put("metrics", new Fields(Map.of("end", new Scalar("1767225600." + random.nextInt(1_000_000)))));
            if (random.nextInt(4) == 0) {
                row.put("scores", new Fields(Map.of("s" + random.nextInt(3), new Scalar("0." + random.nextInt(100)))));
            }
            int dice = random.nextInt(20);
            if (dice < 10 && traces.containsKey(key)) {
                row.put("root_span_id", text(traces.getOrDefault(key, key.id())));
            } else if (dice == 10) {
                row.put("root_span_id", text(traceFor(key.object())));
            }
        }
        return write(key, row);
    }

    /** Half of them say no more than the id. */
    private LedgerWrite delete(RowKey key) {
        var row = row(key);
        row.put("_object_delete", new Scalar("true"));
        if (random.nextBoolean() && traces.containsKey(key)) {
            row.put("root_span_id", text(traces.getOrDefault(key, key.id())));
        }
        deleted.add(key);
        return write(key, row);
    }

    private Map<String, RawJson> content(RowKey key, boolean big) {
        var row = row(key);
        if (random.nextInt(10) == 0) {
            row.put(
                    "created",
                    text(LONG_AGO.plusSeconds(random.nextInt(20_000_000)).toString()));
        }
        row.put("input", big ? bigValue() : LedgerTexts.named(random.nextLong(), 100 + random.nextInt(4_000)));
        row.put(
                "metadata",
                new Fields(Map.of(
                        "object", text(key.object().name()),
                        "deep", deep(),
                        "a.b", number(),
                        "ключ", LedgerTexts.named(random.nextLong(), 20))));
        row.put("tags", new Array(List.of(text("t" + random.nextInt(5)))));
        if (key.object().spans()) {
            row.put("metrics", new Fields(Map.of("start", new Scalar("1767225600." + random.nextInt(1_000_000)))));
            row.put("span_attributes", new Fields(Map.of("name", text("n" + random.nextInt(9)), "type", text("llm"))));
        }
        return row;
    }

    /** Four of five have 1 to 2 MiB, the rest up to 15; by turns one text, and many. */
    private RawJson bigValue() {
        int bytes = random.nextInt(5) > 0 ? MIB + random.nextInt(MIB) : 2 * MIB + random.nextInt(12 * MIB);
        if (random.nextBoolean()) {
            return LedgerTexts.named(random.nextLong(), bytes);
        }
        var messages = new ArrayList<RawJson>();
        for (int i = 0; i < 50; i++) {
            messages.add(new Fields(Map.of(
                    "role", text("user"),
                    "content", LedgerTexts.named(random.nextLong(), bytes / 50))));
        }
        return new Array(messages);
    }

    private RawJson deep() {
        var fields = new LinkedHashMap<String, RawJson>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            fields.put("k" + random.nextInt(4), random.nextInt(3) == 0 ? new Fields(Map.of("d", number())) : number());
        }
        return new Fields(fields);
    }

    private Scalar number() {
        return switch (random.nextInt(4)) {
            case 0 -> new Scalar(Integer.toString(random.nextInt()));
            case 1 -> new Scalar(random.nextInt(100) + "." + random.nextInt(100) + "0");
            case 2 -> new Scalar(random.nextLong() + "0000000");
            default -> new Scalar("null");
        };
    }

    private static Map<String, RawJson> row(RowKey key) {
        var row = new LinkedHashMap<String, RawJson>();
        row.put("id", text(key.id()));
        return row;
    }

    private static LedgerWrite write(RowKey key, Map<String, RawJson> row) {
        return new LedgerWrite(key.object().name(), new Fields(row));
    }

    private static Scalar text(String text) {
        return new Scalar(RawJsonText.quoted(text));
    }
}
