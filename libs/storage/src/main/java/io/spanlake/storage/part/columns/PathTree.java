package io.spanlake.storage.part.columns;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The paths of the rows so far. Its memory is bounded whatever the rows hold: beyond so many paths no new ones are taken.
 * So a path is in it from the first row that has it, or never. Not thread-safe.
 */
final class PathTree {
    static final int PATHS_MAX = 16_384;
    private static final int KEYS_DEEP_MAX = 6;
    private static final int KEY_CHARS_MAX = 256;
    /** Where paths may be found that nobody named before. */
    private static final Set<String> OPEN_ROOTS = Set.of("metadata", "metrics", "scores");

    private final int pathsMax;
    private final List<Column> fixed;
    private final Map<String, PathNode> roots = new LinkedHashMap<>();
    private int numbersGiven;
    private boolean complete = true;

    PathTree(int pathsMax, List<Column> fixed) {
        this.pathsMax = pathsMax;
        this.fixed = List.copyOf(fixed);
        for (var column : fixed) {
            var keys = column.path().keys();
            if (keys.size() == 1) {
                roots.put(keys.getFirst(), new PathNode(++numbersGiven, null, keys.getFirst(), column));
            } else {
                var root = struct(keys.getFirst());
                root.children.put(keys.get(1), new PathNode(++numbersGiven, root, keys.get(1), column));
            }
        }
        FixedColumns.STRUCTS.forEach(this::struct);
    }

    /** The columns that the file has whatever the rows hold. */
    List<Column> fixed() {
        return fixed;
    }

    private PathNode struct(String name) {
        return roots.computeIfAbsent(name, key -> new PathNode(++numbersGiven, null, key, null));
    }

    /** @throws IllegalArgumentException where no column lies there */
    PathNode root(String key) {
        var node = roots.get(key);
        if (node == null) {
            throw new IllegalArgumentException("no column lies at or below " + key);
        }
        return node;
    }

    /**
     * Null where the path can have no column.
     *
     * @param depth of the child: 2 is that of {@code metadata.model}
     */
    @Nullable
    PathNode child(PathNode parent, String key, int depth) {
        var known = parent.children.get(key);
        var root = parent.root().key;
        if (known != null || !OPEN_ROOTS.contains(root)) {
            return known;
        }
        if (numbersGiven >= pathsMax
                || depth > KEYS_DEEP_MAX
                || key.length() > KEY_CHARS_MAX
                || ColumnText.hasLoneSurrogate(key)) {
            complete &= !FixedColumns.NUMBERS.contains(root);
            return null;
        }
        var child = new PathNode(++numbersGiven, parent, key, null);
        parent.children.put(key, child);
        return child;
    }

    /** Whether it has every path that any row has below {@code metrics} and {@code scores}. */
    boolean complete() {
        return complete;
    }

    /** All paths, each before those below it. */
    List<PathNode> all() {
        var all = new ArrayList<PathNode>();
        var open = new ArrayDeque<>(roots.values());
        while (!open.isEmpty()) {
            var node = open.removeFirst();
            all.add(node);
            open.addAll(node.children.values());
        }
        return all;
    }
}
