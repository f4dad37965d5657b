package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonArrayItems;
import io.spanlake.model.json.JsonText;
import java.util.HashMap;
import java.util.Map;

/** Paths at which a merge replaces ({@code _merge_paths}: an array of arrays of keys), as a tree. */
final class MergePaths {
    static final MergePaths NONE = new MergePaths(Map.of(), false);

    private final Map<String, MergePaths> below;
    private boolean ends;

    private MergePaths(Map<String, MergePaths> below, boolean ends) {
        this.below = below;
        this.ends = ends;
    }

    /** What is no array of arrays of strings names no path, and neither does an empty one. */
    static MergePaths of(ByteSlice json) {
        if (json.at(0) != '[') {
            return NONE;
        }
        var root = new MergePaths(new HashMap<>(), false);
        for (var path : JsonArrayItems.of(json)) {
            if (path.at(0) == '[') {
                root.add(path);
            }
        }
        return root;
    }

    private void add(ByteSlice path) {
        var keys = JsonArrayItems.of(path);
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.at(0) != '"')) {
            return;
        }
        var end = this;
        for (var key : keys) {
            end = end.below.computeIfAbsent(JsonText.decodeString(key), name -> new MergePaths(new HashMap<>(), false));
        }
        end.ends = true;
    }

    static MergePaths of(Map<String, MergePaths> below) {
        return below.isEmpty() ? NONE : new MergePaths(below, false);
    }

    MergePaths ending(boolean ends) {
        return new MergePaths(below, ends);
    }

    Map<String, MergePaths> below() {
        return below;
    }

    boolean ends() {
        return ends;
    }

    boolean replacesAt(String key) {
        return below.getOrDefault(key, NONE).ends;
    }

    MergePaths below(String key) {
        return below.getOrDefault(key, NONE);
    }
}
