package io.spanlake.acceptance;

import io.spanlake.acceptance.RawJson.Fields;
import io.spanlake.acceptance.RawJson.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The row as anyone would compute it who has its writes in order: the last one wins, path by path. Knows nothing of stamps.
 * Texts stay by their names.
 */
final class PlainRow {
    /** What the first write since the last delete said. */
    private static final String CREATED = "created";
    /** What the first write said since the row was replaced or deleted. */
    private static final List<String> STANDING = List.of("span_id", "root_span_id", "span_parents");
    /** How to write, not what. */
    private static final List<String> CONTROL = List.of("_is_merge", "_merge_paths", "_object_delete");

    private final Map<String, RawJson> fields = new LinkedHashMap<>();
    private final List<String> actions = new ArrayList<>();
    private boolean present;
    private boolean based;

    static PlainRow of(List<LedgerWrite> inOrder) {
        var row = new PlainRow();
        inOrder.forEach(row::apply);
        return row;
    }

    private void apply(LedgerWrite write) {
        switch (write.kind()) {
            case DELETE -> {
                fields.clear();
                actions.clear();
                present = false;
                based = false;
            }
            case FULL -> {
                fields.keySet().removeIf(name -> !name.equals(CREATED));
                actions.add("upsert");
                based = true;
                merge(write.row());
            }
            case MERGE -> {
                actions.add("merge");
                merge(write.row());
            }
        }
    }

    private void merge(Fields sent) {
        present = true;
        var paths = sent.has("_merge_paths") ? sent.get("_merge_paths").asList() : List.<RawJson>of();
        sent.fields().forEach((name, value) -> {
            if (STANDING.contains(name) || name.equals(CREATED)) {
                fields.putIfAbsent(name, value);
            } else if (!CONTROL.contains(name)) {
                put(fields, name, value, List.of(), paths);
            }
        });
    }

    private static void put(
            Map<String, RawJson> target, String name, RawJson value, List<RawJson> above, List<RawJson> paths) {
        var path = new ArrayList<>(above);
        path.add(new Scalar(RawJsonText.quoted(name)));
        if (value instanceof Fields(var sent)
                && target.get(name) instanceof Fields(var there)
                && !paths.contains(new RawJson.Array(path))) {
            var merged = new LinkedHashMap<>(there);
            sent.forEach((key, below) -> put(merged, key, below, path, paths));
            target.put(name, new Fields(merged));
        } else {
            target.put(name, value);
        }
    }

    boolean isPresent() {
        return present;
    }

    /** Whether a full write is among what made it: else it is only shown once nothing older can come. */
    boolean isBased() {
        return based;
    }

    /** What each write since the last delete did, in order. */
    List<String> actions() {
        return List.copyOf(actions);
    }

    /** All that clients said of the row, without fields that only stand. */
    Map<String, RawJson> said() {
        return Map.copyOf(fields);
    }
}
