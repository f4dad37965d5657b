package io.spanlake.model.row;

import io.spanlake.model.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The row as anyone would compute it who has all writes in the order of their stamps: maps that each write changes in place.
 * Knows nothing of stamps per path. Values are the plain Java of {@link PlainJson}.
 */
final class NaiveRow {
    private static final List<String> STANDING = List.of("span_id", "root_span_id", "span_parents");

    private @Nullable Map<String, Object> row;
    private Map<String, Object> comments = new LinkedHashMap<>();
    private List<String> actions = new ArrayList<>();
    private @Nullable Object created;
    private @Nullable Write first;
    private @Nullable Write last;

    static NaiveRow of(List<Write> inStampOrder) {
        var row = new NaiveRow();
        for (var write : inStampOrder) {
            row.apply(write);
        }
        return row;
    }

    private void apply(Write write) {
        var sent = PlainJson.object(write.json().toUtf8());
        last = write;
        switch (write.kind()) {
            case DELETE -> {
                row = null;
                comments = new LinkedHashMap<>();
                actions = new ArrayList<>();
                created = null;
                first = null;
                return;
            }
            case FULL -> {
                row = new TreeMap<>();
                comments = new LinkedHashMap<>();
                actions.add("upsert");
            }
            case MERGE -> actions.add("merge");
            case COMMENT -> {
                comment(sent);
                begin(write);
                return;
            }
        }
        begin(write);
        created = created == null ? sent.get("created") : created;
        var target = row == null ? new TreeMap<String, Object>() : row;
        row = target;
        for (var name : STANDING) {
            if (sent.containsKey(name)) {
                target.putIfAbsent(name, sent.get(name));
            }
        }
        var paths = sent.get("_merge_paths") instanceof List<?> list ? list : List.of();
        sent.keySet().removeAll(STANDING);
        sent.keySet().removeAll(List.of("created", "_is_merge", "_merge_paths", "_audit_source", "_audit_metadata"));
        merge(target, sent, List.of(), paths);
    }

    private void begin(Write write) {
        first = first == null ? write : first;
        row = row == null ? new TreeMap<>() : row;
    }

    private void comment(Map<String, Object> sent) {
        String id = (String) sent.get("id");
        comments.remove(id);
        if (!Boolean.TRUE.equals(sent.get("_object_delete"))) {
            comments.put(id, sent.get("comment"));
        }
    }

    @SuppressWarnings("unchecked")
    private static void merge(
            Map<String, Object> target, Map<String, Object> sent, List<String> path, List<?> replaced) {
        sent.forEach((key, value) -> {
            var here = new ArrayList<>(path);
            here.add(key);
            if (value instanceof Map && target.get(key) instanceof Map<?, ?> into && !replaced.contains(here)) {
                merge((Map<String, Object>) into, (Map<String, Object>) value, here, replaced);
            } else {
                target.put(key, PlainJson.copy(value));
            }
        });
    }

    boolean deleted() {
        return row == null;
    }

    /** What a reader of the rendered row finds, server's fields included. */
    Map<String, Object> expected() {
        var expected = new TreeMap<>(Objects.requireNonNull(row));
        var began = Objects.requireNonNull(first);
        var ended = Objects.requireNonNull(last);
        expected.putIfAbsent("id", began.rowId());
        expected.putIfAbsent("span_id", began.rowId());
        expected.putIfAbsent("root_span_id", began.rowId());
        var parents = expected.get("span_parents");
        boolean root = parents == null || parents.equals(List.of());
        expected.put("span_parents", root ? PlainJson.NULL : Objects.requireNonNull(parents));
        expected.put("is_root", root);
        expected.put("created", created == null ? RowJson.isoTime(began.stamp()) : created);
        expected.put("_pagination_key", began.stamp().paginationKey());
        expected.put("_xact_id", ended.stamp().transaction().toString());
        expected.put("actions", actions);
        expected.put("comments", comments.isEmpty() ? PlainJson.NULL : new ArrayList<>(comments.values()));
        return expected;
    }
}
