package io.spanlake.model.json;

import io.spanlake.model.ByteSlice;
import java.nio.charset.StandardCharsets;

/** Strings of JSON: from their raw form and into it. */
public final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** Appends the text as a JSON string with its quotes. Lone surrogates become escapes, so that UTF-8 can carry them. */
    public static void appendString(StringBuilder target, String text) {
        target.append('"');
        int plain = plainChars(text);
        target.append(text, 0, plain);
        for (int i = plain; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                target.append(c).append(text.charAt(++i));
            } else {
                appendChar(target, c);
            }
        }
        target.append('"');
    }

    /** How many characters stand first that need no look: ids are nothing else, and are copied at once. */
    private static int plainChars(String text) {
        int i = 0;
        while (i < text.length()
                && text.charAt(i) >= ' '
                && text.charAt(i) < 0x7F
                && text.charAt(i) != '"'
                && text.charAt(i) != '\\') {
            i++;
        }
        return i;
    }

    private static void appendChar(StringBuilder target, char c) {
        switch (c) {
            case '"' -> target.append("\\\"");
            case '\\' -> target.append("\\\\");
            case '\n' -> target.append("\\n");
            case '\r' -> target.append("\\r");
            case '\t' -> target.append("\\t");
            case '\b' -> target.append("\\b");
            case '\f' -> target.append("\\f");
            default -> {
                if (c < ' ' || Character.isSurrogate(c)) {
                    target.append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4) {
                        target.append(HEX.charAt((c >>> shift) & 0xF));
                    }
                } else {
                    target.append(c);
                }
            }
        }
    }

    /** The text as a JSON string with its quotes, in UTF-8. */
    public static ByteSlice encodeString(String text) {
        var json = new StringBuilder(text.length() + 2);
        appendString(json, text);
        return ByteSlice.ofUtf8(json.toString());
    }

    /**
     * The text of a raw JSON string. Escaped lone surrogates stay in it.
     *
     * @param rawString with its quotes, as {@link JsonCheck} accepts it
     * @throws JsonFormatException where quotes are missing or an escape is none
     */
    public static String decodeString(ByteSlice rawString) {
        byte[] bytes = rawString.array();
        int first = rawString.offset() + 1;
        int end = rawString.offset() + rawString.length() - 1;
        if (end < first || bytes[first - 1] != '"' || bytes[end] != '"') {
            throw new JsonFormatException("expected a string", 0);
        }
        int escape = indexOfBackslash(bytes, first, end);
        if (escape == end) {
            return new String(bytes, first, end - first, StandardCharsets.UTF_8);
        }
        var text = new StringBuilder(end - first);
        int at = first;
        while (escape < end) {
            text.append(new String(bytes, at, escape - at, StandardCharsets.UTF_8));
            at = appendEscape(text, rawString, escape, end);
            escape = indexOfBackslash(bytes, at, end);
        }
        return text.append(new String(bytes, at, end - at, StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * Decodes the text of a string into UTF-8, which is never longer than the raw form. A lone surrogate, which UTF-8 cannot
     * carry, becomes the three bytes that its code point would have.
     *
     * @param raw    holds the text from {@code first} up to {@code next}, without quotes
     * @param target has room for as many bytes from {@code at}
     * @return the place after the last byte written
     * @throws JsonFormatException where an escape is none
     */
    public static int decodeUtf8(byte[] raw, int first, int next, byte[] target, int at) {
        var slice = ByteSlice.of(raw, first, next - first);
        int from = first;
        int to = at;
        while (from < next) {
            int escape = indexOfBackslash(raw, from, next);
            System.arraycopy(raw, from, target, to, escape - from);
            to += escape - from;
            from = escape;
            if (from < next) {
                if (from + 1 < next && raw[from + 1] == 'u') {
                    int codePoint = codeUnit(slice, from, next);
                    from += 6;
                    if (Character.isHighSurrogate((char) codePoint) && isLowSurrogateAt(slice, from, next)) {
                        codePoint = Character.toCodePoint((char) codePoint, codeUnit(slice, from, next));
                        from += 6;
                    }
                    to = Utf8.put(codePoint, target, to);
                } else {
                    target[to++] = plainEscape(slice, from, next);
                    from += 2;
                }
            }
        }
        return to;
    }

    private static boolean isLowSurrogateAt(ByteSlice raw, int at, int end) {
        return at + 6 <= end
                && raw.array()[at] == '\\'
                && raw.array()[at + 1] == 'u'
                && Character.isLowSurrogate(codeUnit(raw, at, end));
    }

    private static byte plainEscape(ByteSlice raw, int at, int end) {
        if (at + 1 >= end) {
            throw new JsonFormatException("half an escape", at - raw.offset());
        }
        byte kind = raw.array()[at + 1];
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> throw new JsonFormatException("unknown escape", at - raw.offset());
        };
    }

    private static int indexOfBackslash(byte[] bytes, int from, int end) {
        return JsonScan.nextOf(JsonScan.BACKSLASHES, bytes, from, end);
    }

    /** @param at the backslash; returned is the place after the escape */
    private static int appendEscape(StringBuilder text, ByteSlice raw, int at, int end) {
        byte[] bytes = raw.array();
        if (at + 1 >= end) {
            throw new JsonFormatException("half an escape", at - raw.offset());
        }
        switch (bytes[at + 1]) {
            case '"', '\\', '/' -> text.append((char) bytes[at + 1]);
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'u' -> {
                text.append(codeUnit(raw, at, end));
                return at + 6;
            }
            default -> throw new JsonFormatException("unknown escape", at - raw.offset());
        }
        return at + 2;
    }

    private static char codeUnit(ByteSlice raw, int at, int end) {
        if (at + 6 > end) {
            throw new JsonFormatException("half an escape", at - raw.offset());
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(raw.array()[i], 16);
            if (digit < 0) {
                throw new JsonFormatException("no hex digit", i - raw.offset());
            }
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    /** Whether the bytes are UTF-8 in the strict sense: see {@link Utf8#firstFault}. */
    public static boolean isValidUtf8(ByteSlice bytes) {
        return Utf8.firstFault(bytes) < 0;
    }
}
