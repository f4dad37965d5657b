package io.spanlake.storage.part.index;

import io.spanlake.model.json.JsonCursor;
import io.spanlake.model.json.JsonCursor.Event;
import io.spanlake.model.json.JsonText;
import java.util.Arrays;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.jspecify.annotations.Nullable;

/**
 * The terms of one row, made while its JSON is walked: nothing is kept of a row, however many values it has. To be used
 * again for row after row. Not thread-safe.
 */
final class RowTermStream extends TokenStream {
    private static final int USUAL_DEPTH = 32;
    private static final byte[] IS_ROOT = FieldPath.of("is_root").text();

    private final JsonCursor cursor = new JsonCursor();
    private final PathTree paths = new PathTree();
    private final TermBytes term = new TermBytes();
    private byte[] decoded = new byte[1 << 12];

    /** Of each object and array that is open: its path, and for an array how many numbers it had. */
    private PathNode[] open = new PathNode[USUAL_DEPTH];

    private int[] numbers = new int[USUAL_DEPTH];
    private int depth;

    private int ordinal = -1;
    private boolean root;
    private boolean rootIsDue;
    private boolean doubtful;
    /** The path of the value that comes next, in an object; null where it is not indexed. */
    private @Nullable PathNode keyed;
    /** A value whose path has just become a term. */
    private @Nullable Event held;

    private PathNode heldNode = PathNode.root();
    private final PathNode notIndexed = PathNode.notIndexed();

    RowTermStream() {
        addAttribute(BytesTermAttribute.class).setBytesRef(term.term());
    }

    /** Attributes stay as they are, for the next row. */
    @Override
    public void end() {}

    void reset(int rowOrdinal, IndexedRow row) {
        cursor.reset(row.json());
        ordinal = rowOrdinal;
        root = row.root();
        rootIsDue = true;
        doubtful = false;
        depth = 0;
        held = null;
    }

    @Override
    public boolean incrementToken() {
        if (rootIsDue) {
            rootIsDue = false;
            RowTerms.bool(term, IS_ROOT, root);
            return true;
        }
        if (held != null && value(held, heldNode)) {
            return true;
        }
        while (true) {
            var event = cursor.next();
            boolean found = switch (event) {
                case KEY -> key();
                case OBJECT, ARRAY -> enter(event);
                case END -> leave();
                case STRING, NUMBER, TRUE, FALSE -> scalar(event);
                case NULL, DONE -> false;
            };
            if (found) {
                return true;
            }
            if (event == Event.DONE) {
                return doubt();
            }
        }
    }

    private boolean doubt() {
        if (!doubtful) {
            return false;
        }
        doubtful = false;
        term.clear().put(RowTerms.DOUBTFUL.bytes);
        return true;
    }

    private boolean key() {
        keyed = null;
        if (!open[depth - 1].indexed) {
            return false;
        }
        byte[] bytes = cursor.array();
        var node = paths.child(open[depth - 1], bytes, cursor.firstByte(), cursor.nextByte(), cursor.escaped());
        keyed = node.indexed ? node : null;
        return false;
    }

    private @Nullable PathNode node() {
        if (!open[depth - 1].indexed) {
            return null;
        }
        return numbers[depth - 1] >= 0 ? paths.items(open[depth - 1]) : keyed;
    }

    private boolean enter(Event event) {
        var node = depth == 0 ? paths.beginRow() : node();
        boolean fresh = depth > 0 && node != null && isFresh(node);
        push(node == null ? notIndexed : node, event == Event.ARRAY);
        if (fresh) {
            RowTerms.exists(term, open[depth - 1].text);
        }
        return fresh;
    }

    private void push(PathNode node, boolean array) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
            numbers = Arrays.copyOf(numbers, 2 * depth);
        }
        node.begin();
        open[depth] = node;
        numbers[depth++] = array ? 0 : -1;
    }

    private boolean leave() {
        depth--;
        return false;
    }

    private boolean scalar(Event event) {
        var node = node();
        if (node == null) {
            return false;
        }
        if (isFresh(node)) {
            held = event;
            heldNode = node;
            RowTerms.exists(term, node.text);
            return true;
        }
        return value(event, node);
    }

    private boolean isFresh(PathNode node) {
        boolean fresh = node.enter(ordinal);
        doubtful |= !fresh && !node.throughItems;
        return fresh;
    }

    private boolean value(Event event, PathNode node) {
        held = null;
        switch (event) {
            case TRUE, FALSE -> RowTerms.bool(term, node.text, event == Event.TRUE);
            case NUMBER -> {
                return number(node);
            }
            default -> string(node);
        }
        return true;
    }

    private boolean number(PathNode node) {
        boolean listed = numbers[depth - 1] < RowTerms.ITEM_NUMBERS_MAX
                && RowTerms.number(term, node.text, cursor.array(), cursor.firstByte(), cursor.nextByte());
        if (numbers[depth - 1] >= 0) {
            numbers[depth - 1]++;
        }
        if (listed) {
            return true;
        }
        if (node.enterMore(ordinal)) {
            RowTerms.moreNumbers(term, node.text);
            return true;
        }
        return false;
    }

    private void string(PathNode node) {
        if (!cursor.escaped()) {
            RowTerms.string(term, node.text, cursor.array(), cursor.firstByte(), cursor.nextByte());
            return;
        }
        int length = cursor.nextByte() - cursor.firstByte();
        if (decoded.length < length) {
            decoded = new byte[length + length / 2];
        }
        int next = JsonText.decodeUtf8(cursor.array(), cursor.firstByte(), cursor.nextByte(), decoded, 0);
        RowTerms.string(term, node.text, decoded, 0, next);
    }
}
