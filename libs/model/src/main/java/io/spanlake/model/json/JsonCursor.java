package io.spanlake.model.json;

import io.spanlake.model.ByteSlice;
import java.util.Arrays;

/**
 * Walks one JSON value from its first byte to its last and gives places, never copies: of each key, scalar and bracket, in
 * the order sent. Made for bytes that {@link JsonCheck} has accepted; others end in a {@link JsonFormatException}.
 *
 * <p>To be used again for value after value, so that a walk leaves no garbage. Without recursion. Not thread-safe.
 */
public final class JsonCursor {
    public enum Event {
        /** A key of the innermost object; its value comes next. */
        KEY,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        OBJECT,
        ARRAY,
        /** The innermost object or array ends. */
        END,
        DONE
    }

    private enum Next {
        VALUE,
        FIRST_KEY,
        FIRST_ITEM,
        AFTER_VALUE
    }

    private static final int USUAL_DEPTH = 32;

    private byte[] bytes = {};
    private int end;
    private JsonScan scan = new JsonScan(bytes, 0, 0);
    /** What is open, outermost first: whether it is an object. */
    private boolean[] objects = new boolean[USUAL_DEPTH];

    private int depth;
    private int at;
    private Next next = Next.VALUE;

    private int first;
    private int last;
    private boolean escaped;

    /** Begins a walk. */
    public void reset(ByteSlice value) {
        bytes = value.array();
        end = value.offset() + value.length();
        scan = new JsonScan(bytes, value.offset(), end);
        at = value.offset();
        depth = 0;
        next = Next.VALUE;
    }

    /** The array that {@link #firstByte()} and {@link #nextByte()} are places in. */
    public byte[] array() {
        return bytes;
    }

    /** Where the text of the last key, string or number begins, after its quote. */
    public int firstByte() {
        return first;
    }

    /** The place after its last byte, before its quote. */
    public int nextByte() {
        return last;
    }

    /** The last key or string with its quotes. */
    public ByteSlice quoted() {
        return ByteSlice.of(bytes, first - 1, last + 2 - first);
    }

    /** Whether the last key or string holds escapes; where not, its bytes are its text. */
    public boolean escaped() {
        return escaped;
    }

    /** Objects and arrays that are open. */
    public int depth() {
        return depth;
    }

    public Event next() {
        at = scan.afterSpace(at);
        return switch (next) {
            case VALUE -> value();
            case FIRST_KEY -> at < end && bytes[at] == '}' ? close() : key();
            case FIRST_ITEM -> at < end && bytes[at] == ']' ? close() : value();
            case AFTER_VALUE -> afterValue();
        };
    }

    private Event afterValue() {
        if (depth == 0) {
            if (at != end) {
                throw scan.fault("more than one value", at);
            }
            return Event.DONE;
        }
        if (at >= end) {
            throw scan.fault("a container without end", at);
        }
        boolean inObject = objects[depth - 1];
        if (bytes[at] == ',') {
            at = scan.afterSpace(at + 1);
            return inObject ? key() : value();
        }
        if (bytes[at] != (inObject ? '}' : ']')) {
            throw scan.fault("expected a comma or the end", at);
        }
        return close();
    }

    private Event value() {
        if (at >= end) {
            throw scan.fault("expected a value", at);
        }
        return switch (bytes[at]) {
            case '"' -> string(Event.STRING, Next.AFTER_VALUE);
            case '{' -> open(Event.OBJECT, Next.FIRST_KEY);
            case '[' -> open(Event.ARRAY, Next.FIRST_ITEM);
            case 't' -> scalar(Event.TRUE);
            case 'f' -> scalar(Event.FALSE);
            case 'n' -> scalar(Event.NULL);
            default -> scalar(Event.NUMBER);
        };
    }

    private Event key() {
        string(Event.KEY, Next.VALUE);
        at = scan.expect(scan.afterSpace(at), ':');
        return Event.KEY;
    }

    private Event string(Event event, Next after) {
        first = scan.expect(at, '"');
        escaped = false;
        int stop = scan.nextQuoteOrBackslash(first);
        while (stop < end && bytes[stop] == '\\') {
            escaped = true;
            stop = scan.nextQuoteOrBackslash(Math.min(stop + 2, end));
        }
        if (stop >= end) {
            throw scan.fault("a string without end", at);
        }
        last = stop;
        at = stop + 1;
        next = after;
        return event;
    }

    private Event scalar(Event event) {
        first = at;
        last = scan.afterValue(at);
        at = last;
        next = Next.AFTER_VALUE;
        return event;
    }

    private Event open(Event event, Next inside) {
        if (depth == objects.length) {
            objects = Arrays.copyOf(objects, 2 * depth);
        }
        objects[depth++] = event == Event.OBJECT;
        at++;
        next = inside;
        return event;
    }

    private Event close() {
        depth--;
        at++;
        next = Next.AFTER_VALUE;
        return Event.END;
    }
}
