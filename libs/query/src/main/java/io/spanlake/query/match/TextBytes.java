package io.spanlake.query.match;

import io.spanlake.model.ByteSlice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text of letters, digits, spaces and signs of ASCII that are none of JSON. JSON has it byte for byte, but where it is written by
 * escapes: where one of these characters is, it says yes. Numbers may be told in other digits than they were sent in, so a text
 * that could stand in one is none.
 */
public final class TextBytes implements BytesTest {
    /** Of a shorter one little is passed over, and little left out. */
    private static final int LENGTH_MIN = 3;

    private static final int ESCAPE_BYTES = 6;
    /** Between values there may be other spaces than are asked for; a slash may be escaped. */
    private static final String OF_JSON = "\"\\/{}[],:";

    private final byte[] text;
    private final int[] moves = new int[256];

    private TextBytes(byte[] text) {
        this.text = text;
        Arrays.fill(moves, text.length);
        for (int i = 0; i < text.length - 1; i++) {
            moves[text[i]] = text.length - 1 - i;
        }
    }

    /** Empty where only values can be asked for it. */
    public static Optional<TextBytes> of(String text) {
        boolean isPlain = text.chars().allMatch(TextBytes::isPlain);
        boolean isNoNumber = text.chars().anyMatch(c -> Character.isLetter(c) && c != 'e' && c != 'E');
        return isPlain && isNoNumber && text.length() >= LENGTH_MIN
                ? Optional.of(new TextBytes(text.getBytes(StandardCharsets.US_ASCII)))
                : Optional.empty();
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c < 0x7F && OF_JSON.indexOf(c) < 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TextBytes that && Arrays.equals(text, that.text);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(text);
    }

    @Override
    public boolean mayStandIn(ByteSlice json) {
        byte[] bytes = json.array();
        int end = json.offset() + json.length();
        return stands(bytes, json.offset(), end) || mayBeEscaped(bytes, json.offset(), end);
    }

    @Override
    public int length() {
        return text.length;
    }

    /** By its last byte, passing over as many as it has (Horspool). */
    private boolean stands(byte[] bytes, int first, int end) {
        int last = text.length - 1;
        for (int at = first + last; at < end; at += moves[bytes[at] & 0xFF]) {
            if (Arrays.equals(bytes, at - last, at + 1, text, 0, text.length)) {
                return true;
            }
        }
        return false;
    }

    /** What an escape stands for, or is written as where an object is asked as JSON (a carriage return as {@code \\u000d}). */
    private static boolean mayBeEscaped(byte[] bytes, int first, int end) {
        int at = first;
        while (at < end - 1) {
            if (bytes[at] != '\\') {
                at++;
                continue;
            }
            switch (bytes[at + 1]) {
                case 'b', 'f', 'r' -> {
                    return true;
                }
                case 'u' -> {
                    int unit = unit(bytes, at, end);
                    boolean isPair = Character.isHighSurrogate((char) unit)
                            && Character.isLowSurrogate((char) unit(bytes, at + ESCAPE_BYTES, end));
                    if (!isPair && (unit < ' ' || isPlain(unit) || Character.isSurrogate((char) unit))) {
                        return true;
                    }
                    at += isPair ? 2 * ESCAPE_BYTES : ESCAPE_BYTES;
                }
                default -> at += 2;
            }
        }
        return false;
    }

    /** The code unit that an escape names; 0 where none stands there. */
    private static int unit(byte[] bytes, int at, int end) {
        if (end - at < ESCAPE_BYTES || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return 0;
        }
        int unit = 0;
        for (int i = at + 2; i < at + ESCAPE_BYTES; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return 0;
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }

    /** Its first and last word may be the end and the beginning of others. */
    @Override
    public String wholeWords() {
        var whole = new String(text, StandardCharsets.US_ASCII);
        int first = whole.indexOf(' ');
        int last = whole.lastIndexOf(' ');
        return first < last ? whole.substring(first, last) : "";
    }
}
