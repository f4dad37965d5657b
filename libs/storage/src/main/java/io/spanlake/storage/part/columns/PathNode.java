package io.spanlake.storage.part.columns;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A path that was met, and how often with what. Not thread-safe. */
final class PathNode {
    final int number;
    final @Nullable PathNode parent;
    final String key;
    /** Of a column that every part has; null where the path has to earn one. */
    final @Nullable Column fixed;

    final Map<String, PathNode> children = new HashMap<>();
    long present;
    long booleans;
    long integers;
    /** Integers among {@link #integers} that a double holds too. */
    long doubleIntegers;

    long doubles;
    long texts;

    /** @param number above 0; each path of a part has its own */
    PathNode(int number, @Nullable PathNode parent, String key, @Nullable Column fixed) {
        this.number = number;
        this.parent = parent;
        this.key = key;
        this.fixed = fixed;
    }

    ColumnPath path() {
        return parent == null ? ColumnPath.of(key) : parent.path().child(key);
    }

    PathNode root() {
        return parent == null ? this : parent.root();
    }
}
