package io.spanlake.model.json;

import io.spanlake.model.ByteSlice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One walk over one value, without recursion:
 *
 * <ol>
 *   <li>a value is expected: a scalar is passed, an opening bracket is pushed, after a brace a key and its colon are passed;
 *   <li>a value has ended: a comma asks for the next one (and its key), a bracket that fits closes, and has ended a value
 *       itself;
 *   <li>where nothing is open any more, only white space may follow.
 * </ol>
 */
final class JsonWalk {
    private enum Next {
        VALUE,
        AFTER_VALUE,
        NOTHING
    }

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final int first;
    private final int end;
    private final JsonLimits limits;
    private final JsonScan scan;
    /** What is open, outermost first: '{' or '['. */
    private byte[] open = new byte[32];

    private int depth;
    private int keys;
    private int at;
    private @Nullable JsonFault fault;

    JsonWalk(ByteSlice value, JsonLimits limits) {
        this.bytes = value.array();
        this.first = value.offset();
        this.end = value.offset() + value.length();
        this.limits = limits;
        this.scan = new JsonScan(bytes, first, end);
        this.at = first;
    }

    @Nullable
    JsonFault fault() {
        var next = Next.VALUE;
        while (next != Next.NOTHING) {
            at = scan.afterSpace(at);
            next = next == Next.VALUE ? value() : afterValue();
        }
        return fault;
    }

    private Next value() {
        if (at == end) {
            return refuse("ends where a value is expected");
        }
        return switch (bytes[at]) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> passString() ? Next.AFTER_VALUE : Next.NOTHING;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case 't' -> literal(TRUE);
            case 'f' -> literal(FALSE);
            case 'n' -> literal(NULL);
            default -> refuse("expected a value");
        };
    }

    private Next afterValue() {
        if (depth == 0) {
            return at == end ? Next.NOTHING : refuse("more than one value");
        }
        if (at == end) {
            return refuse("ends within an object or array");
        }
        boolean inObject = open[depth - 1] == '{';
        if (bytes[at] == ',') {
            at++;
            return inObject ? key() : Next.VALUE;
        }
        if (bytes[at] == (inObject ? '}' : ']')) {
            return close();
        }
        return refuse(inObject ? "expected ',' or '}'" : "expected ',' or ']'");
    }

    private Next object() {
        if (!push()) {
            return Next.NOTHING;
        }
        at = scan.afterSpace(at);
        return at < end && bytes[at] == '}' ? close() : key();
    }

    private Next array() {
        if (!push()) {
            return Next.NOTHING;
        }
        at = scan.afterSpace(at);
        return at < end && bytes[at] == ']' ? close() : Next.VALUE;
    }

    private boolean push() {
        if (depth == limits.depthMax()) {
            refuse(JsonFault.Kind.TOO_DEEP, at, "deeper than %d".formatted(limits.depthMax()));
            return false;
        }
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth++] = bytes[at++];
        return true;
    }

    private Next close() {
        depth--;
        at++;
        return Next.AFTER_VALUE;
    }

    private Next key() {
        at = scan.afterSpace(at);
        int start = at;
        if (at == end || bytes[at] != '"') {
            return refuse("expected a key");
        }
        if (++keys > limits.keysMax()) {
            return refuse(JsonFault.Kind.TOO_MANY_KEYS, at, "more than %d keys".formatted(limits.keysMax()));
        }
        if (!passString()) {
            return Next.NOTHING;
        }
        // A key has at most as many UTF-16 units as bytes, so that most need no look.
        if (at - start - 2 > limits.keyCharsMax()
                && JsonText.decodeString(ByteSlice.of(bytes, start, at - start)).length() > limits.keyCharsMax()) {
            return refuse(
                    JsonFault.Kind.KEY_TOO_LONG,
                    start,
                    "a key of more than %d characters".formatted(limits.keyCharsMax()));
        }
        at = scan.afterSpace(at);
        if (at == end || bytes[at] != ':') {
            return refuse("expected ':'");
        }
        at++;
        return Next.VALUE;
    }

    private boolean passString() {
        at++;
        while (true) {
            at = scan.nextSpecial(at);
            if (at == end) {
                refuse("ends within a string");
                return false;
            }
            if (bytes[at] == '"') {
                at++;
                return true;
            }
            if (bytes[at] != '\\') {
                refuse("a control character that is not escaped");
                return false;
            }
            if (!passEscape()) {
                return false;
            }
        }
    }

    private boolean passEscape() {
        int length = at + 1 < end ? escapeLength(bytes[at + 1]) : 0;
        boolean sound = length > 0 && at + length <= end;
        for (int i = at + 2; sound && i < at + length; i++) {
            sound = isHexDigit(bytes[i]);
        }
        if (!sound) {
            refuse("not an escape");
            return false;
        }
        at += length;
        return true;
    }

    private static int escapeLength(byte kind) {
        return switch (kind) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> 6;
            default -> 0;
        };
    }

    private static boolean isHexDigit(byte b) {
        return isDigit(b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
    }

    private Next number() {
        int start = at;
        if (bytes[at] == '-') {
            at++;
        }
        boolean zero = at < end && bytes[at] == '0';
        boolean sound = digits() && !(zero && at - start > (bytes[start] == '-' ? 2 : 1));
        if (sound && at < end && bytes[at] == '.') {
            at++;
            sound = digits();
        }
        if (sound && at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            sound = digits();
        }
        if (!sound) {
            return refuse(JsonFault.Kind.SYNTAX, start, "not a number");
        }
        if (at - start > limits.numberCharsMax()) {
            return refuse(
                    JsonFault.Kind.NUMBER_TOO_LONG,
                    start,
                    "a number of more than %d characters".formatted(limits.numberCharsMax()));
        }
        return Next.AFTER_VALUE;
    }

    /** Whether there was at least one. */
    private boolean digits() {
        int start = at;
        while (at < end && isDigit(bytes[at])) {
            at++;
        }
        return at > start;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private Next literal(byte[] text) {
        if (text.length > end - at || !Arrays.equals(bytes, at, at + text.length, text, 0, text.length)) {
            return refuse("expected a value");
        }
        at += text.length;
        return Next.AFTER_VALUE;
    }

    private Next refuse(String message) {
        return refuse(JsonFault.Kind.SYNTAX, at, message);
    }

    private Next refuse(JsonFault.Kind kind, int place, String message) {
        fault = new JsonFault(kind, place - first, message);
        return Next.NOTHING;
    }
}
