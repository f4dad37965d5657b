package io.spanlake.query.match;

import io.spanlake.model.json.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A piece of what {@code LIKE} or an expression looks for that, wherever a value matches, stands within one of its strings or
 * within one of its keys, so that an index of words and keys can tell who may have it.
 *
 * @param text    the piece
 * @param escaped what of it stands in a string where its first characters are the end of an escape in the value's JSON, as the
 *                n of a line break is: each begins behind the character that was escaped
 */
public record WordedText(String text, List<String> escaped) {
    private static final int LETTERS_MIN = 3;
    /** What parts strings, keys and other values in JSON, and what begins an escape. */
    private static final Pattern BETWEEN = Pattern.compile("[\"\\\\{}\\[\\],:]");
    /** A number in JSON may be told in other characters than it was sent in. */
    private static final Pattern IN_NUMBERS = Pattern.compile("[-+.0-9eE]*");

    private static final List<String> OTHER_VALUES = List.of("true", "false", "null");
    private static final Pattern IN_ESCAPES = Pattern.compile("u?[0-9a-f]{0,4}");

    /** Where a word begins: it may be a mark (U+0345) that becomes a letter by its folding, and is no part of the word. */
    private static final Pattern FOLDED_MARK = Pattern.compile("(^|[^\\p{L}\\p{N}\\p{M}])\u03b9");

    /** Ends of the escapes that {@link io.spanlake.query.value.JsonWriter} writes: of control characters and lone surrogates. */
    private static final Pattern ESCAPE_END = Pattern.compile(
            "[nt]|[0-9a-f]|[01][0-9a-f]|0[01][0-9a-f]|u?00[01][0-9a-f]|[0-9a-f]{2}|[89a-f][0-9a-f]{2}|u?d[89a-f][0-9a-f]{2}");

    private static final int ESCAPE_END_MAX = 5;

    public WordedText {
        escaped = List.copyOf(escaped);
    }

    /**
     * Each of them has to be found; none where no index can tell.
     *
     * @param anyCase whether it is folded, and so is what it is looked for in
     */
    public static List<WordedText> of(String wanted, boolean anyCase) {
        return BETWEEN.splitAsStream(wanted)
                .filter(piece -> isWorded(piece) && !Utf8.hasLoneSurrogate(piece))
                .filter(piece -> !anyCase || !FOLDED_MARK.matcher(piece).find())
                .map(piece -> new WordedText(piece, escaped(piece)))
                .filter(text -> text.escaped.stream().allMatch(rest -> letters(rest) >= LETTERS_MIN))
                .toList();
    }

    private static boolean isWorded(String piece) {
        return letters(piece) >= LETTERS_MIN
                && !IN_NUMBERS.matcher(piece).matches()
                && !IN_ESCAPES.matcher(piece).matches()
                && OTHER_VALUES.stream().noneMatch(value -> value.contains(piece));
    }

    /** Those beyond ASCII say more: some are words of their own. */
    private static int letters(String piece) {
        return piece.codePoints()
                .filter(Character::isLetterOrDigit)
                .map(c -> c < 0x80 ? 1 : LETTERS_MIN)
                .sum();
    }

    private static List<String> escaped(String piece) {
        var escaped = new ArrayList<String>();
        for (int end = 1; end <= Math.min(ESCAPE_END_MAX, piece.length()); end++) {
            if (ESCAPE_END.matcher(piece.substring(0, end)).matches()) {
                escaped.add(piece.substring(end));
            }
        }
        return escaped;
    }
}
