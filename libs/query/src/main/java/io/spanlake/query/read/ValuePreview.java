package io.spanlake.query.read;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonCursor;
import io.spanlake.model.json.JsonCursor.Event;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The beginning of one value as JSON: what is behind the limit is left out, and what is open there is closed. */
final class ValuePreview {
    private static final byte[] MORE = "…\"".getBytes(StandardCharsets.UTF_8);
    private static final int ESCAPE_BYTES = 6;
    private static final int PAIR_BYTES = 2 * ESCAPE_BYTES;

    private final ByteArrayOutputStream out;
    private final int stringBytes;
    private final int limit;
    private final JsonCursor cursor = new JsonCursor();
    private boolean whole = true;

    /** @param valueBytes after which nothing more is begun */
    ValuePreview(ByteArrayOutputStream out, int stringBytes, int valueBytes) {
        this.out = out;
        this.stringBytes = stringBytes;
        this.limit = out.size() + valueBytes;
    }

    /** Whether nothing of the value was left out. */
    boolean put(ByteSlice value) {
        cursor.reset(value);
        var closing = new StringBuilder();
        boolean first = true;
        for (var event = cursor.next(); event != Event.DONE; event = cursor.next()) {
            if (event == Event.END) {
                out.write(closing.charAt(closing.length() - 1));
                closing.setLength(closing.length() - 1);
                first = false;
                continue;
            }
            boolean begins =
                    event == Event.KEY || (closing.length() > 0 && closing.charAt(closing.length() - 1) == ']');
            if (begins && out.size() >= limit) {
                whole = false;
                break;
            }
            if (begins && !first) {
                out.write(',');
            }
            first = event == Event.OBJECT || event == Event.ARRAY;
            put(event, closing);
        }
        for (int i = closing.length() - 1; i >= 0; i--) {
            out.write(closing.charAt(i));
        }
        return whole;
    }

    private void put(Event event, StringBuilder closing) {
        switch (event) {
            case OBJECT -> {
                out.write('{');
                closing.append('}');
            }
            case ARRAY -> {
                out.write('[');
                closing.append(']');
            }
            case KEY -> {
                text();
                out.write(':');
            }
            case STRING -> string();
            case NUMBER, TRUE, FALSE, NULL ->
                out.write(cursor.array(), cursor.firstByte(), cursor.nextByte() - cursor.firstByte());
            case END, DONE -> throw new IllegalStateException("nothing to put: " + event);
        }
    }

    private void text() {
        var quoted = cursor.quoted();
        out.write(quoted.array(), quoted.offset(), quoted.length());
    }

    private void string() {
        int first = cursor.firstByte();
        if (cursor.nextByte() - first <= stringBytes) {
            text();
            return;
        }
        whole = false;
        out.write('"');
        out.write(cursor.array(), first, cutAt(cursor.array(), first, first + stringBytes) - first);
        out.writeBytes(MORE);
    }

    /** The last place up to {@code limit} that is in the midst of no character, escape or pair of escaped surrogates. */
    private static int cutAt(byte[] bytes, int first, int limit) {
        int at = first;
        int next = after(bytes, at);
        while (next <= limit) {
            at = next;
            next = after(bytes, at);
        }
        return at;
    }

    private static int after(byte[] bytes, int at) {
        byte lead = bytes[at];
        if (lead == '\\') {
            return at + (bytes[at + 1] != 'u' ? 2 : isHighSurrogate(bytes, at) ? PAIR_BYTES : ESCAPE_BYTES);
        }
        return at + (lead >= 0 ? 1 : lead < (byte) 0xE0 ? 2 : lead < (byte) 0xF0 ? 3 : 4);
    }

    /** A lone one takes along what follows it, which does no harm. */
    private static boolean isHighSurrogate(byte[] bytes, int at) {
        byte low = bytes[at + 3];
        return (bytes[at + 2] | 0x20) == 'd'
                && (low == '8' || low == '9' || (low | 0x20) == 'a' || (low | 0x20) == 'b')
                && bytes[at + ESCAPE_BYTES] == '\\'
                && bytes[at + ESCAPE_BYTES + 1] == 'u';
    }
}
