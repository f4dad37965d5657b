package io.spanlake.storage.part.index;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonCursor;
import io.spanlake.model.json.JsonCursor.Event;
import io.spanlake.model.json.JsonText;
import io.spanlake.storage.part.lucene.TermSink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The terms of rows, found by one walk over each one's JSON: nothing is kept of a row, however many values it has. Not
 * thread-safe.
 */
public final class RowTermWalk {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int USUAL_DEPTH = 32;
    /** What a larger row took is given back. */
    private static final int ROW_BYTES_KEPT = 1 << 20;

    private static final ByteSlice NOTHING = ByteSlice.of(new byte[0]);
    private static final byte[] IS_ROOT = FieldPath.of("is_root").text();

    private final TermSink sink;
    private final TextSink texts;
    private final ValueTerms known = new ValueTerms();
    private final TextFollowers followers = new TextFollowers();
    private final JsonCursor cursor = new JsonCursor();
    private final PathTree paths = new PathTree();
    private final TermBytes term = new TermBytes();
    private byte[] decoded = new byte[1 << 12];

    /** Of each object and array that is open: its path, and for an array how many numbers it had. */
    private PathNode[] open = new PathNode[USUAL_DEPTH];

    private int[] numbers = new int[USUAL_DEPTH];
    /** Which of all objects and arrays each is. */
    private long[] serials = new long[USUAL_DEPTH];

    private long serial;
    private int depth;

    private int ordinal = -1;
    private int sinkGeneration;
    private int textGeneration;
    /** One more each time that what is known of terms or texts is not good any more. */
    private int generation;

    private boolean doubtful;
    /** The path of the value that comes next, in an object; null where it is not indexed. */
    private @Nullable PathNode keyed;
    /** Of the strings that come, below the top-level field that was begun last. */
    private int textField = TextSink.NO_TEXT;

    private final PathNode notIndexed = PathNode.notIndexed();

    /**
     * @param sink  gets the terms
     * @param texts gets the strings on the way
     */
    public RowTermWalk(TermSink sink, TextSink texts) {
        this.sink = sink;
        this.texts = texts;
    }

    /**
     * @param rowOrdinal larger than that of the row before
     * @throws io.spanlake.model.json.JsonFormatException where the JSON is none
     */
    public void row(int rowOrdinal, IndexedRow row) {
        if (sinkGeneration != sink.generation() || textGeneration != texts.generation()) {
            sinkGeneration = sink.generation();
            textGeneration = texts.generation();
            generation++;
            known.clear();
            followers.clear();
        }
        texts.beginRow(rowOrdinal);
        cursor.reset(row.json());
        ordinal = rowOrdinal;
        doubtful = false;
        depth = 0;
        RowTerms.bool(term, IS_ROOT, row.root());
        give();
        for (var event = cursor.next(); event != Event.DONE; event = cursor.next()) {
            switch (event) {
                case KEY -> key();
                case OBJECT, ARRAY -> enter(event);
                case END -> depth--;
                case STRING, NUMBER, TRUE, FALSE -> scalar(event);
                case NULL -> isNull();
                case DONE -> {}
            }
        }
        if (doubtful) {
            term.clear().put(RowTerms.DOUBTFUL.bytes);
            give();
        }
        if (row.json().length() > ROW_BYTES_KEPT) {
            decoded = new byte[1 << 12];
            cursor.reset(NOTHING);
        }
    }

    private int give() {
        var bytes = term.term();
        return sink.term(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
    }

    private void key() {
        keyed = null;
        if (open[depth - 1].indexed) {
            byte[] bytes = cursor.array();
            var node = paths.child(open[depth - 1], bytes, cursor.firstByte(), cursor.nextByte(), cursor.escaped());
            keyed = node.indexed ? node : null;
            doubtful |= keyed != null && !node.enterObject(serials[depth - 1]);
            if (depth == 1) {
                textField = node.indexed ? textField(node) : TextSink.NO_TEXT;
            }
        }
    }

    private int textField(PathNode node) {
        if (!node.textFieldKnown) {
            node.textField = texts.field(JsonText.decodeString(cursor.quoted()));
            node.textFieldKnown = true;
        }
        return node.textField;
    }

    private @Nullable PathNode node() {
        if (!open[depth - 1].indexed) {
            return null;
        }
        return numbers[depth - 1] >= 0 ? paths.items(open[depth - 1]) : keyed;
    }

    private void enter(Event event) {
        var node = depth == 0 ? paths.beginRow() : node();
        if (depth > 0 && node != null) {
            exists(node);
        }
        push(node == null ? notIndexed : node, event == Event.ARRAY);
    }

    private void push(PathNode node, boolean array) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
            numbers = Arrays.copyOf(numbers, 2 * depth);
            serials = Arrays.copyOf(serials, 2 * depth);
        }
        node.begin();
        open[depth] = node;
        serials[depth] = ++serial;
        numbers[depth++] = array ? 0 : -1;
    }

    private void scalar(Event event) {
        var node = node();
        if (node == null) {
            return;
        }
        exists(node);
        if (event == Event.STRING) {
            string(node);
        } else if (event == Event.NUMBER
                && numbers[depth - 1] >= 0
                && numbers[depth - 1]++ >= RowTerms.ITEM_NUMBERS_MAX) {
            moreNumbers(node);
        } else {
            plain(node, event);
        }
    }

    /** A number, true or false. */
    private void plain(PathNode node, Event event) {
        long bytes = plainBytes();
        if (bytes != 0 && node.plainBytes == bytes && node.plainGeneration == generation) {
            sink.term(node.plainTerm);
            return;
        }
        if (event != Event.NUMBER) {
            RowTerms.bool(term, node.text, event == Event.TRUE);
        } else if (!RowTerms.number(term, node.text, cursor.array(), cursor.firstByte(), cursor.nextByte())) {
            moreNumbers(node);
            return;
        }
        node.plainTerm = give();
        node.plainBytes = bytes;
        node.plainGeneration = generation;
    }

    /** 0 where there are more than eight. */
    private long plainBytes() {
        int first = cursor.firstByte();
        int length = cursor.nextByte() - first;
        return length <= Long.BYTES && cursor.array().length - first >= Long.BYTES
                ? (long) LONGS.get(cursor.array(), first) & (-1L >>> (Long.SIZE - Byte.SIZE * length))
                : 0;
    }

    private void moreNumbers(PathNode node) {
        if (node.enterMore(ordinal)) {
            RowTerms.moreNumbers(term, node.text);
            give();
        }
    }

    /** Says once a row that it has the path. */
    private void exists(PathNode node) {
        if (node.enter(ordinal)) {
            if (node.existsGeneration == generation) {
                sink.term(node.existsTerm);
            } else {
                RowTerms.exists(term, node.text);
                node.existsTerm = give();
                node.existsGeneration = generation;
            }
        }
    }

    /** Its key is one of the row all the same. */
    private void isNull() {
        var node = numbers[depth - 1] >= 0 ? null : node();
        if (node == null || !node.enterNull(ordinal)) {
            return;
        }
        if (node.nullGeneration == generation) {
            sink.term(node.nullTerm);
        } else {
            RowTerms.isNull(term, node.text);
            node.nullTerm = give();
            node.nullGeneration = generation;
        }
    }

    private void string(PathNode node) {
        if (textField == TextSink.NO_TEXT) {
            newString(node);
            return;
        }
        int text = texts.string(textField, cursor, guess(node));
        remember(node, text);
        int number = known.get(node.number, text);
        if (number == ValueTerms.UNKNOWN) {
            known.put(node.number, text, newString(node));
        } else {
            sink.term(number);
        }
    }

    /** Rows repeat the texts of rows before them, in their order. */
    private int guess(PathNode node) {
        if (node.textGeneration != generation) {
            return TextSink.NO_GUESS;
        }
        return node.textRow == ordinal ? followers.of(node.lastText) : node.firstText;
    }

    private void remember(PathNode node, int text) {
        if (node.textGeneration == generation && node.textRow == ordinal) {
            followers.put(node.lastText, text);
        } else {
            node.firstText = text;
        }
        node.lastText = text;
        node.textRow = ordinal;
        node.textGeneration = generation;
    }

    private int newString(PathNode node) {
        if (cursor.escaped()) {
            int length = cursor.nextByte() - cursor.firstByte();
            if (decoded.length < length) {
                decoded = new byte[length + Math.min(length, ROW_BYTES_KEPT) / 2];
            }
            int next = JsonText.decodeUtf8(cursor.array(), cursor.firstByte(), cursor.nextByte(), decoded, 0);
            RowTerms.string(term, node.text, decoded, 0, next);
        } else {
            RowTerms.string(term, node.text, cursor.array(), cursor.firstByte(), cursor.nextByte());
        }
        return give();
    }
}
