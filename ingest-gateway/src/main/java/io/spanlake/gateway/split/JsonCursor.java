package io.spanlake.gateway.split;

import io.spanlake.gateway.split.JsonFaultException.Kind;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.model.json.JsonText;
import io.spanlake.model.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks JSON text strictly (RFC 8259, UTF-8), without decoding what nobody asks for. The caller asks for what it expects;
 * anything else is a {@link JsonFaultException}. Not thread-safe.
 */
final class JsonCursor {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = {};
    private int end;
    private final JsonLimits limits;
    private final StringScan scan = new StringScan();
    private boolean[] objectAt = new boolean[64];
    private int at;
    private int depth;
    private int depthMax;
    private int keys;
    private int stringFirst;
    private boolean stringEscaped;
    private int keyFirst;
    private int keyEnd;
    /** Whether an object or array was entered and has had no member yet. */
    private boolean entered;

    JsonCursor(JsonLimits limits) {
        this.limits = limits;
        this.depthMax = limits.depthMax();
    }

    /** Begins anew with nothing open. */
    void start(byte[] bytes, int first, int end) {
        this.bytes = bytes;
        this.at = first;
        this.end = end;
        depth = 0;
        entered = false;
        beginCounting();
    }

    int at() {
        return at;
    }

    /** Passes white space; whether nothing follows. */
    boolean atEnd() {
        skipSpace();
        return at == end;
    }

    /** Passes the mark that some editors put before UTF-8. */
    void passByteOrderMark() {
        if (end - at < 3) {
            throw new JsonFaultException(Kind.ENDS, at, "it ends too early");
        }
        if ((bytes[at] & 0xFF) != 0xEF || (bytes[at + 1] & 0xFF) != 0xBB || (bytes[at + 2] & 0xFF) != 0xBF) {
            throw fault("expected '{'");
        }
        at += 3;
    }

    /** Passes the byte that {@link #peek} gave. */
    void pass() {
        at++;
    }

    /** Counts depth and keys from here on. */
    void beginCounting() {
        depthMax = depth + limits.depthMax();
        keys = 0;
    }

    /** The first byte of what comes next. */
    byte peek() {
        skipSpace();
        if (at == end) {
            throw new JsonFaultException(Kind.ENDS, at, "it ends too early");
        }
        return bytes[at];
    }

    /** Enters an object or array. */
    void enter(char bracket) {
        if (peek() != bracket) {
            throw fault("expected '" + bracket + "'");
        }
        push(bracket == '{');
    }

    /** After {@link #enter}, or after a member: whether one more follows. Leaves the object or array where none does. */
    boolean more(boolean first) {
        byte next = peek();
        boolean object = objectAt[depth - 1];
        if (next == (object ? '}' : ']')) {
            at++;
            depth--;
            return false;
        }
        if (!first) {
            expectComma(next, object);
            peek();
        }
        return true;
    }

    /** Passes a key and its colon; {@link #keyIs} and {@link #keyText} say what it is. */
    void key() {
        if (peek() != '"') {
            throw fault("expected a key");
        }
        if (++keys > limits.keysMax()) {
            throw new JsonFaultException(Kind.TOO_MANY_KEYS, at, "too many keys");
        }
        string();
        int length = stringLength();
        // A character has at least one byte, so most keys need no look.
        if (length > limits.keyCharsMax() && text().length() > limits.keyCharsMax()) {
            throw new JsonFaultException(
                    Kind.SYNTAX, stringFirst, "a key has more than %d characters".formatted(limits.keyCharsMax()));
        }
        keyFirst = stringFirst;
        keyEnd = at;
        if (peek() != ':') {
            throw fault("expected ':'");
        }
        at++;
    }

    /** Bytes of the last key between its quotes, as they stand. */
    int keyLength() {
        return keyEnd - keyFirst - 2;
    }

    boolean keyIs(byte[] name) {
        return Arrays.equals(bytes, keyFirst + 1, keyEnd - 1, name, 0, name.length);
    }

    boolean keyHasEscapes() {
        return stringEscaped;
    }

    String keyText() {
        return decoded(keyFirst, keyEnd, stringEscaped);
    }

    /** Passes a string. */
    void string() {
        stringFirst = at;
        stringEscaped = false;
        scan.begin();
        int next = at + 1;
        while (true) {
            next = scan.nextSpecial(bytes, next, end);
            if (next >= end) {
                throw new JsonFaultException(Kind.ENDS, end, "it ends within a string");
            }
            if (bytes[next] == '"') {
                break;
            }
            if (bytes[next] != '\\') {
                throw new JsonFaultException(Kind.SYNTAX, next, "a control character in a string is not escaped");
            }
            stringEscaped = true;
            next += escapeLength(next);
        }
        at = next + 1;
        if (scan.sawNonAscii()) {
            checkUtf8(stringFirst + 1, next);
        }
    }

    /** Whether the string passed last has escapes: only by one can half a surrogate pair come in. */
    boolean stringHasEscapes() {
        return stringEscaped;
    }

    /** Bytes of the string passed last between its quotes, as they stand; its text has at most so many characters. */
    int stringLength() {
        return at - stringFirst - 2;
    }

    /** The text of the string passed last. */
    String text() {
        return decoded(stringFirst, at, stringEscaped);
    }

    private String decoded(int first, int next, boolean escaped) {
        return escaped
                ? JsonText.decodeString(ByteSlice.of(bytes, first, next - first))
                : new String(bytes, first + 1, next - first - 2, StandardCharsets.UTF_8);
    }

    /** Passes a value, whatever it is, without recursion. */
    void value() {
        int base = depth;
        scalarOrEnter();
        while (depth > base) {
            if (!more(entered)) {
                entered = false;
                continue;
            }
            if (objectAt[depth - 1]) {
                key();
            }
            scalarOrEnter();
        }
        entered = false;
    }

    private void scalarOrEnter() {
        entered = false;
        byte first = peek();
        switch (first) {
            case '"' -> string();
            case '{', '[' -> {
                push(first == '{');
                entered = true;
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case 't' -> literal(TRUE);
            case 'f' -> literal(FALSE);
            case 'n' -> literal(NULL);
            default -> throw fault("expected a value");
        }
    }

    private void push(boolean object) {
        if (depth >= depthMax) {
            throw new JsonFaultException(Kind.TOO_DEEP, at, "too deep");
        }
        if (depth == objectAt.length) {
            objectAt = Arrays.copyOf(objectAt, 2 * depth);
        }
        objectAt[depth++] = object;
        at++;
    }

    private void expectComma(byte next, boolean object) {
        if (next != ',') {
            throw fault(object ? "expected ',' or '}'" : "expected ',' or ']'");
        }
        at++;
    }

    private void number() {
        int first = at;
        if (bytes[at] == '-') {
            at++;
        }
        int whole = at;
        boolean sound = digits() && !(bytes[whole] == '0' && at - whole > 1);
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
        if (at == end) {
            // The next piece of text may go on with it.
            throw new JsonFaultException(Kind.ENDS, at, "it ends within a number");
        }
        if (!sound) {
            throw new JsonFaultException(Kind.SYNTAX, first, "not a number");
        }
        if (at - first > limits.numberCharsMax()) {
            throw new JsonFaultException(
                    Kind.SYNTAX, first, "a number has more than %d characters".formatted(limits.numberCharsMax()));
        }
    }

    private boolean digits() {
        int first = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at > first;
    }

    private void literal(byte[] text) {
        int length = Math.min(text.length, end - at);
        if (!Arrays.equals(bytes, at, at + length, text, 0, length)) {
            throw fault("expected a value");
        }
        if (length < text.length) {
            throw new JsonFaultException(Kind.ENDS, end, "it ends within a value");
        }
        at += length;
    }

    private int escapeLength(int place) {
        if (place + 1 >= end) {
            throw new JsonFaultException(Kind.ENDS, end, "it ends within a string");
        }
        switch (bytes[place + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return 2;
            }
            case 'u' -> {
                if (place + 6 > end) {
                    throw new JsonFaultException(Kind.ENDS, end, "it ends within a string");
                }
                for (int i = place + 2; i < place + 6; i++) {
                    if (Character.digit(bytes[i], 16) < 0) {
                        throw new JsonFaultException(Kind.SYNTAX, place, "not an escape");
                    }
                }
                return 6;
            }
            default -> throw new JsonFaultException(Kind.SYNTAX, place, "not an escape");
        }
    }

    private void checkUtf8(int first, int next) {
        int fault = Utf8.firstFault(ByteSlice.of(bytes, first, next - first));
        if (fault >= 0) {
            throw new JsonFaultException(Kind.ENCODING, first + fault, "not UTF-8");
        }
    }

    private void skipSpace() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private JsonFaultException fault(String message) {
        return new JsonFaultException(Kind.SYNTAX, at, message);
    }
}
