package io.spanlake.storage.part.index;

import io.spanlake.storage.part.lucene.SameBytes;
import org.jspecify.annotations.Nullable;

/**
 * A path that rows have been seen to have, so that its text is put together once. Rows of one shape have their keys in one
 * order: each node guesses which key comes after it, and is mostly right. Not thread-safe.
 */
final class PathNode {
    private static final int USUAL_CHILDREN = 8;

    final byte[] text;
    /** Whether a row may have several values here. */
    final boolean throughItems;

    /** Whether values here become terms. */
    final boolean indexed;

    /** No other path has it, nor will one have it that is made later. */
    final int number;

    /** The term that says that there is a value, and while what it is good. */
    int existsTerm;

    int existsGeneration = -1;

    /** The term that says that there is null behind the key. */
    int nullTerm;

    int nullGeneration = -1;

    /** The first text of the last row that had one here, and the last one; and while what they are good. */
    int firstText;

    int lastText;

    int textRow = -1;

    int textGeneration = -1;

    /** The last number, true or false here, as far as it fits in, and its term: values often stay the same from row to row. */
    long plainBytes;

    int plainTerm;

    int plainGeneration = -1;

    /** Of a top-level field: its number among those with text. */
    int textField;

    boolean textFieldKnown;

    private final byte[] key;
    private @Nullable PathNode items;
    private PathNode[] children = new PathNode[USUAL_CHILDREN];
    private int childCount;
    private @Nullable PathNode firstChild;
    private @Nullable PathNode lastFound;
    private @Nullable PathNode follower;

    /** The row that had it last. */
    private int row = -1;
    /** The row that had null here last. */
    private int rowOfNull = -1;
    /** The object that had it last. */
    private long object = -1;
    /** The row of which not all numbers here became terms. */
    private int rowOfMore = -1;

    private PathNode(int number, byte[] key, byte[] text, boolean throughItems, boolean indexed) {
        this.number = number;
        this.key = key;
        this.text = text;
        this.throughItems = throughItems;
        this.indexed = indexed;
    }

    /** Below it nothing is kept. */
    static PathNode notIndexed() {
        return new PathNode(0, new byte[0], new byte[0], false, false);
    }

    static PathNode root() {
        return new PathNode(0, new byte[0], new byte[0], false, true);
    }

    /** Whether this is the first time in the row. */
    boolean enter(int ordinal) {
        boolean fresh = row != ordinal;
        row = ordinal;
        return fresh;
    }

    /** Whether this is the first time in the object. */
    boolean enterObject(long serial) {
        boolean fresh = object != serial;
        object = serial;
        return fresh;
    }

    boolean enterNull(int ordinal) {
        boolean fresh = rowOfNull != ordinal;
        rowOfNull = ordinal;
        return fresh;
    }

    boolean enterMore(int ordinal) {
        boolean fresh = rowOfMore != ordinal;
        rowOfMore = ordinal;
        return fresh;
    }

    /** To be called where an object begins: the guess starts at its usual first key. */
    void begin() {
        lastFound = null;
    }

    @Nullable
    PathNode knownItems() {
        return items;
    }

    PathNode addItems(int itemsNumber) {
        if (items == null) {
            items = new PathNode(itemsNumber, key, FieldPath.textOfItems(text), true, indexed);
        }
        return items;
    }

    /** The node of a key, null where there is none yet. */
    @Nullable
    PathNode known(byte[] bytes, int first, int next) {
        var guess = lastFound == null ? firstChild : lastFound.follower;
        if (guess != null && guess.hasKey(bytes, first, next)) {
            lastFound = guess;
            return guess;
        }
        int mask = children.length - 1;
        int slot = hash(bytes, first, next) & mask;
        while (children[slot] != null) {
            var child = children[slot];
            if (child.hasKey(bytes, first, next)) {
                found(child);
                return child;
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    PathNode add(int childNumber, byte[] newKey) {
        boolean indexedToo = indexed && (text.length > 0 || IndexFields.isIndexed(newKey));
        var child = new PathNode(childNumber, newKey, FieldPath.textBelow(text, newKey), throughItems, indexedToo);
        if (2 * ++childCount > children.length) {
            var old = children;
            children = new PathNode[2 * old.length];
            for (var node : old) {
                if (node != null) {
                    put(node);
                }
            }
        }
        put(child);
        found(child);
        return child;
    }

    private void found(PathNode child) {
        if (lastFound == null) {
            firstChild = child;
        } else {
            lastFound.follower = child;
        }
        lastFound = child;
    }

    private void put(PathNode child) {
        int mask = children.length - 1;
        int slot = hash(child.key, 0, child.key.length) & mask;
        while (children[slot] != null) {
            slot = (slot + 1) & mask;
        }
        children[slot] = child;
    }

    private boolean hasKey(byte[] bytes, int first, int next) {
        return key.length == next - first && SameBytes.of(key, 0, bytes, first, key.length);
    }

    private static int hash(byte[] bytes, int first, int next) {
        int hash = next - first;
        for (int at = first; at < next; at++) {
            hash = 31 * hash + bytes[at];
        }
        return hash ^ (hash >>> 15);
    }
}
