package io.spanlake.query.function;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.match.RegexPattern;
import io.spanlake.query.match.Snippets;
import io.spanlake.query.match.WordQuery;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Functions of text count code points, from 1. What is no string is taken as its JSON. */
final class TextFunctions {
    private static final int MANY = 100;
    private static final int CHARS_MAX = 16 << 20;
    private static final int DISTANCE_CHARS_MAX = 1_000;
    private static final int SNIPPET_CHARS = 160;
    private static final int SNIPPET_CHARS_MAX = 10_000;

    private TextFunctions() {}

    static void register(Functions.Registry all) {
        all.strict("lower", 1, ValueType.STRING, (_, a) -> text(string(a, 0).toLowerCase(Locale.ROOT)));
        all.strict("upper", 1, ValueType.STRING, (_, a) -> text(string(a, 0).toUpperCase(Locale.ROOT)));
        all.lenient("concat", 1, MANY, ValueType.STRING, (_, a) -> concat(a));
        all.strict("substring", 2, 3, ValueType.STRING, (_, a) -> substring(a));
        all.alias("substr", "substring");
        all.strict("left", 2, ValueType.STRING, (_, a) -> left(string(a, 0), count(a, 1)));
        all.strict("right", 2, ValueType.STRING, (_, a) -> right(string(a, 0), count(a, 1)));
        all.strict("trim", 1, ValueType.STRING, (_, a) -> text(string(a, 0).strip()));
        all.strict("ltrim", 1, ValueType.STRING, (_, a) -> text(string(a, 0).stripLeading()));
        all.strict("rtrim", 1, ValueType.STRING, (_, a) -> text(string(a, 0).stripTrailing()));
        all.strict("replace", 3, ValueType.STRING, (_, a) -> replace(string(a, 0), string(a, 1), string(a, 2)));
        all.strict("split_part", 3, ValueType.STRING, (_, a) -> splitPart(string(a, 0), string(a, 1), count(a, 2)));
        all.strict(
                "starts_with",
                2,
                ValueType.BOOLEAN,
                (_, a) -> BooleanValue.of(string(a, 0).startsWith(string(a, 1))));
        all.strict(
                "ends_with",
                2,
                ValueType.BOOLEAN,
                (_, a) -> BooleanValue.of(string(a, 0).endsWith(string(a, 1))));
        all.strict("strpos", 2, ValueType.INTEGER, (_, a) -> position(string(a, 0), string(a, 1)));
        all.strict(
                "reverse",
                1,
                ValueType.STRING,
                (_, a) -> text(new StringBuilder(string(a, 0)).reverse().toString()));
        all.strict(
                "regexp_like",
                2,
                3,
                ValueType.BOOLEAN,
                (_, a) -> BooleanValue.of(regex(a, 2).matches(a.getFirst())));
        all.strict("regexp_extract", 2, 3, ValueType.STRING, (_, a) -> regexExtract(a));
        all.strict(
                "regexp_replace",
                3,
                4,
                ValueType.STRING,
                (_, a) -> text(regex(a, 3).replace(string(a, 0), string(a, 2))));
        all.strict("snippet", 2, 5, ValueType.STRING, (_, a) -> snippet(a));
        all.strict("levenshtein", 2, ValueType.INTEGER, (_, a) -> levenshtein(string(a, 0), string(a, 1)));
        all.strict("similarity", 2, ValueType.NUMBER, (_, a) -> similarity(string(a, 0), string(a, 1)));
    }

    private static String string(List<Value> arguments, int index) {
        return Casts.string(arguments.get(index));
    }

    private static Value text(String text) {
        return new TextValue(text);
    }

    private static long count(List<Value> arguments, int index) {
        return Casts.integer(arguments.get(index)) instanceof LongValue(var count) ? count : 0;
    }

    private static Value concat(List<Value> arguments) {
        var text = new StringBuilder();
        for (var argument : arguments) {
            text.append(Casts.string(argument));
        }
        return text(text.toString());
    }

    private static Value substring(List<Value> arguments) {
        var text = string(arguments, 0);
        long first = count(arguments, 1);
        long length = arguments.size() == 3 ? count(arguments, 2) : Integer.MAX_VALUE;
        int all = text.codePointCount(0, text.length());
        long from = Math.clamp(first - 1, 0L, (long) all);
        long next = Math.clamp(first - 1 + Math.max(0, length), from, (long) all);
        int start = text.offsetByCodePoints(0, (int) from);
        return text(text.substring(start, text.offsetByCodePoints(start, Math.toIntExact(next - from))));
    }

    private static Value left(String text, long count) {
        int all = text.codePointCount(0, text.length());
        long kept = count < 0 ? Math.max(0, all + count) : Math.min(count, all);
        return text(text.substring(0, text.offsetByCodePoints(0, (int) kept)));
    }

    private static Value right(String text, long count) {
        int all = text.codePointCount(0, text.length());
        long kept = count < 0 ? Math.max(0, all + count) : Math.min(count, all);
        return text(text.substring(text.offsetByCodePoints(0, (int) (all - kept))));
    }

    private static Value replace(String text, String part, String by) {
        if (part.isEmpty()) {
            return text(text);
        }
        if (by.length() > part.length()
                && (long) text.length() / part.length() * by.length() > CHARS_MAX
                && text.contains(part)) {
            throw new IllegalArgumentException(
                    "replace would make a text of more than %d characters".formatted(CHARS_MAX));
        }
        return text(text.replace(part, by));
    }

    private static Value splitPart(String text, String separator, long wanted) {
        if (separator.isEmpty()) {
            return text(wanted == 1 || wanted == -1 ? text : "");
        }
        var parts = text.split(Pattern.quote(separator), -1);
        long index = wanted < 0 ? parts.length + wanted : wanted - 1;
        return text(index >= 0 && index < parts.length ? parts[(int) index] : "");
    }

    private static Value position(String text, String part) {
        int at = text.indexOf(part);
        return new LongValue(at < 0 ? 0 : text.codePointCount(0, at) + 1L);
    }

    private static RegexPattern regex(List<Value> arguments, int flags) {
        return RegexPattern.of(string(arguments, 1), arguments.size() > flags ? string(arguments, flags) : "");
    }

    private static Value regexExtract(List<Value> arguments) {
        int group = arguments.size() == 3 ? Math.clamp(count(arguments, 2), -1, 1_000) : 0;
        return regex(arguments, 3)
                .extract(string(arguments, 0), group)
                .map(TextFunctions::text)
                .orElse(NullValue.NULL);
    }

    private static Value snippet(List<Value> arguments) {
        int chars = arguments.size() > 2 ? (int) Math.min(count(arguments, 2), SNIPPET_CHARS_MAX) : SNIPPET_CHARS;
        var open = arguments.size() > 3 ? string(arguments, 3) : "<mark>";
        var close = arguments.size() > 4 ? string(arguments, 4) : open.equals("<mark>") ? "</mark>" : open;
        return Snippets.of(arguments.getFirst(), WordQuery.of(string(arguments, 1)), Math.max(1, chars), open, close)
                .<Value>map(TextValue::new)
                .orElse(NullValue.NULL);
    }

    private static Value levenshtein(String a, String b) {
        return new LongValue(distance(shortened(a), shortened(b)));
    }

    /** 1 less the distance over the longer length. */
    private static Value similarity(String a, String b) {
        var x = shortened(a);
        var y = shortened(b);
        int longer = Math.max(x.length, y.length);
        return longer == 0 ? LongValue.ONE : NumberValue.of(1 - (double) distance(x, y) / longer);
    }

    private static int[] shortened(String text) {
        return text.codePoints().limit(DISTANCE_CHARS_MAX).toArray();
    }

    private static int distance(int[] a, int[] b) {
        var row = new int[b.length + 1];
        for (int j = 0; j <= b.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length; i++) {
            AbandonedException.check();
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length; j++) {
                int above = row[j];
                int changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length];
    }
}
