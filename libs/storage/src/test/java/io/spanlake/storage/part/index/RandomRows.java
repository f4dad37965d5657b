package io.spanlake.storage.part.index;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Rows as values, so that a test can scan them without the code under test, and as JSON. Public for the text tests. */
public final class RandomRows {
    private static final List<String> KEYS = List.of(
            "input",
            "output",
            "metadata",
            "scores",
            "metrics",
            "tags",
            "a.b",
            "a",
            "b",
            "",
            "[]",
            "x\\y",
            "\u0000",
            "ключ",
            "with space",
            "quo\"te",
            "is_root2",
            "\ud83d\ude00");
    private static final List<String> TEXTS = List.of(
            "",
            "gpt-4o",
            "GPT-4o",
            "refund the Flight",
            "rate_limit exceeded: 429",
            "tabs\tand\nlines \"quoted\" \\ back",
            "наша погода",
            "東京タワーへ行く",
            "ประเทศไทย",
            "caf\u00e9 cafe\u0301 CAFÉ",
            "😀😀 party 🎉",
            "a\u200db soft\u00adhyphen",
            "x".repeat(64),
            "x".repeat(65),
            "long ".repeat(60) + "end",
            "true",
            "5");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0.0",
            "1",
            "1.0",
            "10e-1",
            "5",
            "-5",
            "0.1",
            "0.30000000000000004",
            "9007199254740992",
            "9007199254740993",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "1e308",
            "5e-324",
            "1E+2",
            "100",
            "-1.5e-7",
            "123456789.987654321");

    private final Random random;

    public RandomRows(long seed) {
        random = new Random(seed);
    }

    public List<Map<String, @Nullable Object>> rows(int count) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (int i = 0; i < count; i++) {
            rows.add(object(0));
        }
        return rows;
    }

    public String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    public String key() {
        return KEYS.get(random.nextInt(KEYS.size()));
    }

    public BigDecimal number() {
        return new BigDecimal(NUMBERS.get(random.nextInt(NUMBERS.size())));
    }

    private Map<String, @Nullable Object> object(int depth) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.put(key(), value(depth + 1));
        }
        return object;
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 9)) {
            case 0, 1, 2 -> text();
            case 3, 4 -> new Raw(NUMBERS.get(random.nextInt(NUMBERS.size())));
            case 5 -> random.nextBoolean() ? random.nextBoolean() : null;
            case 6, 7 -> object(depth);
            default -> items(depth);
        };
    }

    private List<@Nullable Object> items(int depth) {
        var items = new ArrayList<@Nullable Object>();
        boolean vector = random.nextInt(10) == 0;
        for (int i = vector ? 100 : random.nextInt(4); i > 0; i--) {
            items.add(vector ? new Raw(Integer.toString(random.nextInt(200))) : value(depth + 1));
        }
        return items;
    }

    /** A number as it was sent. */
    public record Raw(String text) {}

    /** Strings now plain, now with every character escaped. */
    public String json(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> quoted(text);
            case Raw(var text) -> text;
            case Map<?, ?> object -> object(object);
            case List<?> items -> items(items);
            case Boolean truth -> truth.toString();
            default -> throw new IllegalArgumentException("no value of JSON");
        };
    }

    private String object(Map<?, ?> object) {
        var json = new StringBuilder("{");
        object.forEach((key, value) -> {
            json.append(json.length() > 1 ? ", " : " ")
                    .append(quoted((String) key))
                    .append(" : ")
                    .append(json(value));
        });
        return json.append("}").toString();
    }

    private String items(List<?> items) {
        var json = new StringBuilder("[");
        items.forEach(item -> json.append(json.length() > 1 ? "," : "").append(json(item)));
        return json.append(" ]").toString();
    }

    private String quoted(String text) {
        boolean escapeAll = random.nextInt(4) == 0;
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escapeAll || c < ' ' || c == '"' || c == '\\') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
