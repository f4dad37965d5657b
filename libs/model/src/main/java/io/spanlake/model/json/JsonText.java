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
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                target.append(c).append(text.charAt(++i));
            } else {
                appendChar(target, c);
            }
        }
        target.append('"');
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

    private static int indexOfBackslash(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '\\') {
            at++;
        }
        return at;
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
