package io.spanlake.acceptance;

import io.spanlake.acceptance.RawJson.Scalar;
import java.util.LinkedHashMap;
import java.util.Random;

/**
 * Long texts by a short name, so that a ledger of megabytes stands for gigabytes: {@code @text:seed:chars} in the log, the
 * text itself on the way to the server and back.
 */
final class LedgerTexts {
    /** A word of every text, and of nothing else: no log line may have it. */
    static final String PLANTED = "zq7planted";

    private static final String NAME = "\"@text:";

    /** Some are written with escapes, which come back as they were sent. */
    private static final String[] WORDS = {
        "the",
        "agent",
        "asked",
        "for",
        "a",
        "refund",
        "of",
        "order",
        "42",
        "tool",
        "call",
        "returned",
        "null",
        "plan",
        "step",
        "retry",
        "caf\\u00e9",
        "\\\"quoted\\\"",
        "line\\nbreak",
        "naïve",
        "日本",
        "🙂",
        "\\ud83d\\ude42",
        "tab\\t",
        "slash\\/",
        "{\\\"a\\\":1}"
    };

    private LedgerTexts() {}

    static Scalar named(long seed, int chars) {
        return new Scalar("%s%d:%d\"".formatted(NAME, seed, chars));
    }

    /** The value with every text in place of its name. */
    static RawJson spelledOut(RawJson value) {
        return switch (value) {
            case Scalar scalar -> scalar.written().startsWith(NAME) ? new Scalar(text(scalar.written())) : scalar;
            case RawJson.Array(var elements) ->
                new RawJson.Array(elements.stream().map(LedgerTexts::spelledOut).toList());
            case RawJson.Fields(var fields) -> {
                var spelledOut = new LinkedHashMap<String, RawJson>();
                fields.forEach((name, field) -> spelledOut.put(name, spelledOut(field)));
                yield new RawJson.Fields(spelledOut);
            }
        };
    }

    private static String text(String name) {
        var numbers = name.substring(NAME.length(), name.length() - 1).split(":", 2);
        var random = new Random(Long.parseLong(numbers[0]));
        int chars = Integer.parseInt(numbers[1]);
        var text = new StringBuilder(chars + 32).append('"').append(PLANTED).append(' ');
        while (text.length() < chars) {
            // Every seventh word stands nowhere else, so that no two texts are alike.
            text.append(
                    random.nextInt(7) == 0
                            ? Integer.toString(random.nextInt() & Integer.MAX_VALUE, 36)
                            : WORDS[random.nextInt(WORDS.length)]);
            text.append(' ');
        }
        return text.append('"').toString();
    }
}
