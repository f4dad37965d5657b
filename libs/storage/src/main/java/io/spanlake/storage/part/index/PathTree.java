package io.spanlake.storage.part.index;

import io.spanlake.model.json.JsonText;
import java.util.Arrays;

/** All paths seen, in bounded memory: where rows bring ever new keys it forgets, and begins anew. Not thread-safe. */
final class PathTree {
    private static final int NODES_MAX = 100_000;

    private PathNode root = PathNode.root();
    private int nodes;
    private int numbersGiven;
    private byte[] decoded = new byte[256];

    /** The root, for the next row: nodes of earlier rows are not to be used any more. */
    PathNode beginRow() {
        if (nodes > NODES_MAX) {
            root = PathNode.root();
            nodes = 0;
        }
        return root;
    }

    /** @param escaped whether the bytes are the raw form of a key, with escapes in it */
    PathNode child(PathNode parent, byte[] bytes, int first, int next, boolean escaped) {
        if (!escaped) {
            return childOfText(parent, bytes, first, next);
        }
        if (decoded.length < next - first) {
            decoded = new byte[2 * (next - first)];
        }
        return childOfText(parent, decoded, 0, JsonText.decodeUtf8(bytes, first, next, decoded, 0));
    }

    private PathNode childOfText(PathNode parent, byte[] bytes, int first, int next) {
        var known = parent.known(bytes, first, next);
        if (known != null) {
            return known;
        }
        nodes++;
        return parent.add(++numbersGiven, Arrays.copyOfRange(bytes, first, next));
    }

    PathNode items(PathNode array) {
        var known = array.knownItems();
        if (known != null) {
            return known;
        }
        nodes++;
        return array.addItems(++numbersGiven);
    }
}
