package io.spanlake.query.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.query.match.CaseFolding;
import io.spanlake.query.match.LikePattern;
import io.spanlake.query.match.RegexPattern;
import io.spanlake.query.match.WordedText;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.Hints;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.Value;
import io.spanlake.query.value.ValueType;
import io.spanlake.storage.part.index.FieldIndexWriter;
import io.spanlake.storage.part.index.FieldSearch;
import io.spanlake.storage.part.index.IndexedRow;
import io.spanlake.storage.part.text.TextIndexWriter;
import io.spanlake.storage.part.text.TextSearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roaringbitmap.RoaringBitmap;

/** What a pattern may stand in is asked of indexes, and of the values themselves. */
class PatternRowsTest {
    private static final int ROUNDS = 40;
    private static final int ROWS = 60;
    private static final int QUESTIONS = 400;
    /** As they stand in strings of raw JSON. */
    private static final List<String> PIECES = List.of(
            "refund",
            "Deadline",
            "not found",
            "nul",
            "true",
            "get_user",
            "ad",
            "dead",
            "u00",
            "0",
            "1f",
            "7",
            "e",
            " ",
            "\\n",
            "\\t",
            "\\r",
            "\\b",
            "\\/",
            "\\\\",
            "\\\"",
            "\\u0061",
            "\\u001f",
            "\\u017f",
            "\\u0301",
            "\\ud83d\\ude00",
            "\\uD800",
            "\\udfff",
            "é",
            "退款",
            "İ",
            "-",
            ".",
            ":",
            ",",
            "{",
            "[");

    @Test
    void whereAPatternMatchesNoRowIsMissed(@TempDir Path folder) throws IOException {
        int answered = 0;
        int leftOut = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var random = new Random(round);
            try (var part = Indexed.random(random, folder.resolve(Integer.toString(round)))) {
                var values = part.values();
                for (int i = 0; i < QUESTIONS; i++) {
                    var wanted = wanted(values, random);
                    boolean anyCase = random.nextBoolean();
                    var text = anyCase ? CaseFolding.fold(wanted) : wanted;

                    var found = part.rows(new Hint.Substrings("input", List.of(text), anyCase));

                    if (found.isPresent()) {
                        var pattern = like(wanted, anyCase);
                        assertNoneMissing(found.get(), values, pattern::matches, wanted);
                        answered++;
                        leftOut += ROWS - found.get().getCardinality();
                    }
                }
            }
        }
        assertThat(answered).isGreaterThan(QUESTIONS);
        assertThat(leftOut).isGreaterThan(answered * ROWS / 2);
    }

    @Test
    void whatAnExpressionFindsIsNotMissed(@TempDir Path folder) throws IOException {
        int answered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var random = new Random(round);
            try (var part = Indexed.random(random, folder.resolve(Integer.toString(round)))) {
                var values = part.values();
                for (int i = 0; i < QUESTIONS; i++) {
                    var expression = expression(values, random, 2);
                    if (!isOne(expression)) {
                        continue;
                    }
                    var regex = RegexPattern.of(expression, random.nextBoolean() ? "i" : "");
                    var field = new Scalar.Field(List.of(new Step.Key("input")), ValueType.ANY);

                    var found = part.rows(Hints.of(new Scalar.Regex(field, regex)));

                    if (found.isPresent()) {
                        assertNoneMissing(found.get(), values, regex::matches, expression);
                        answered++;
                    }
                }
            }
        }
        assertThat(answered).isGreaterThan(QUESTIONS);
    }

    @Test
    void whatAnExpressionHasToHaveLeavesOutNothingThatItFinds() {
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var random = new Random(round);
            var values =
                    IntStream.range(0, ROWS).mapToObj(_ -> input(json(random))).toList();
            for (int i = 0; i < QUESTIONS; i++) {
                var expression = expression(values, random, 2);
                if (!isOne(expression)) {
                    continue;
                }
                var flags = random.nextBoolean() ? "i" : "";
                var regex = RegexPattern.of(expression, flags);
                var engine = com.google.re2j.Pattern.compile(
                        expression, flags.isEmpty() ? 0 : com.google.re2j.Pattern.CASE_INSENSITIVE);
                var json =
                        values.get(random.nextInt(ROWS)).map(JsonWriter::json).orElse("");

                boolean finds = engine.matcher(json).find();

                assertThat(regex.found(json)).as("%s in %s", expression, json).isEqualTo(finds);
                found += finds ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(QUESTIONS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"args\":{[^}]+\"path\" ; {\"args\":{\"a\":1,\"path\":2}}",
                "log{err|warn}ing ; warn}ing",
                "a{[}]b}c ; a{}b}c",
                "ab{0}c ; ac",
                "xab{,2}c ; xab{,2}c",
                "(?:ab|)cde ; cde",
                "(abc)*+?def ; def",
                "[]abc]def ; ]def"
            })
    void whatIsReadOffAnExpressionStandsInWhatItFinds(String expression, String text) {
        try {
            assertThat(com.google.re2j.Pattern.compile(expression).matcher(text).find())
                    .isTrue();
        } catch (com.google.re2j.PatternSyntaxException none) {
            return;
        }
        assertThat(RegexPattern.of(expression, "").found(text)).isTrue();
        assertThat(RegexPattern.of(expression, "i").found(text)).isTrue();
    }

    @Test
    void aPatternIsTheLetterThatAMarkIsFoldedTo(@TempDir Path folder) throws IOException {
        try (var part = Indexed.of(List.of("{\"input\":\" \u0345abc\"}", "{\"input\":\"abc\ud835\udc00\"}"), folder)) {
            assertThat(like("\u03b9abc", true)
                            .matches(JsonValues.parse("\" \u0345abc\"").orElseThrow()))
                    .isTrue();
            assertThat(part.rows(new Hint.Substrings("input", List.of("\u03b9abc"), true)))
                    .isEmpty();
            assertThat(part.rows(new Hint.Substrings("input", List.of("abc\ud835"), false)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "refund, 1",
        "REFUND, 0",
        "efund, 1",
        "order 17, 1",
        "rder 17 was ref, 1",
        "get_user, 1",
        "kept, 1",
        "gone, 1",
        "not found, 1",
        "nowhere, 0",
        "ot found, 1"
    })
    void stringsAndKeysAreFoundByAnyPartOfThem(String wanted, int rows, @TempDir Path folder) throws IOException {
        var first = "{\"input\":{\"kept\":\"Order 17 was refunded\",\"gone\":null,\"x\":[\"get_user: not found\"]}}";
        try (var part = Indexed.of(List.of(first, "{\"input\":\"else\",\"output\":\"refund gone\"}"), folder)) {
            assertThat(part.rows(new Hint.Substrings("input", List.of(wanted), !wanted.equals("REFUND"))))
                    .map(RoaringBitmap::getCardinality)
                    .hasValueSatisfying(count -> assertThat(count).isEqualTo(wanted.equals("REFUND") ? 1 : rows));
        }
    }

    @ParameterizedTest
    @CsvSource({"12", "1e5", "ull", "alse", "dead", "u001f", "ab", "'\",\"'", "'}'"})
    void whatMayStandBetweenStringsIsNotAskedOfIndexes(String wanted) {
        assertThat(WordedText.of(wanted, false)).isEmpty();
    }

    private static void assertNoneMissing(
            RoaringBitmap found, List<Optional<Value>> values, Predicate<Value> matches, String wanted) {
        for (int row = 0; row < values.size(); row++) {
            if (values.get(row).filter(matches).isPresent()) {
                assertThat(found.contains(row))
                        .as("'%s' in %s", wanted, values.get(row))
                        .isTrue();
            }
        }
    }

    private static LikePattern like(String wanted, boolean anyCase) {
        return LikePattern.of("%" + wanted.replaceAll("([\\\\%_])", "\\\\$1") + "%", anyCase);
    }

    /** A piece of what the value of a row is as JSON, or of one of its strings. */
    private static String wanted(List<Optional<Value>> values, Random random) {
        var value = values.get(random.nextInt(values.size()));
        var text = value.map(JsonWriter::json).orElse("nothing");
        int first = random.nextInt(text.length());
        return text.substring(first, Math.min(text.length(), first + 1 + random.nextInt(12)));
    }

    private static boolean isOne(String expression) {
        try {
            com.google.re2j.Pattern.compile(expression);
            return true;
        } catch (com.google.re2j.PatternSyntaxException none) {
            return false;
        }
    }

    private static String expression(List<Optional<Value>> values, Random random, int depth) {
        var text = Pattern.compile("[^\\x20-\\x7E]")
                .matcher(wanted(values, random))
                .replaceAll("x");
        var quoted = random.nextInt(4) == 0
                ? text.replaceAll("([\\\\()?*+])", "\\\\$1")
                : text.replaceAll("([^A-Za-z0-9 _])", "\\\\$1");
        return switch (random.nextInt(depth > 0 ? 8 : 4)) {
            case 0 -> quoted + List.of("?", "*", "+", "{0,2}", "+?").get(random.nextInt(5)) + "[a-f]*";
            case 1 -> quoted + ".";
            case 2 -> "\\b" + quoted;
            case 3 -> quoted;
            case 4 -> "(?:%s|%s)".formatted(expression(values, random, depth - 1), expression(values, random, 0));
            case 5 -> "(%s)?%s".formatted(expression(values, random, depth - 1), expression(values, random, 0));
            case 6 -> "%s.*%s".formatted(expression(values, random, depth - 1), expression(values, random, 0));
            default -> "(%s)+[^0]?|%s".formatted(expression(values, random, depth - 1), expression(values, random, 0));
        };
    }

    private static Optional<Value> input(String row) {
        return JsonValues.parse(row)
                .filter(ObjectValue.class::isInstance)
                .map(value -> ((ObjectValue) value).get("input"))
                .filter(value -> !value.isNull());
    }

    private static String json(Random random) {
        return "{\"input\":%s,\"output\":%s}".formatted(value(random, 3), string(random));
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0, 1, 2 -> string(random);
            case 3 -> List.of("null", "true", "17e5", "-0.25").get(random.nextInt(4));
            case 4 -> "null";
            case 5 -> "[%s, %s]".formatted(value(random, depth - 1), value(random, depth - 1));
            case 6 -> "{%s:%s,%s : null}".formatted(string(random), value(random, depth - 1), string(random));
            default -> "{%s:%s}".formatted(string(random), value(random, depth - 1));
        };
    }

    private static String string(Random random) {
        var json = new StringBuilder("\"");
        int pieces = random.nextInt(50) == 0 ? 150 : random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            json.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return json.append('"').toString();
    }

    private record Indexed(List<Optional<Value>> values, FieldSearch fields, TextSearch texts)
            implements AutoCloseable {
        static Indexed random(Random random, Path folder) throws IOException {
            return of(IntStream.range(0, ROWS).mapToObj(_ -> json(random)).toList(), folder);
        }

        static Indexed of(List<String> rows, Path folder) throws IOException {
            var stamp = new Stamp(TransactionId.of(1_790_000_000L, 1), 0);
            try (var texts = new TextIndexWriter(folder.resolve("text"), 1 << 20);
                    var index = new FieldIndexWriter(folder.resolve("index"), 1 << 20, texts)) {
                for (int ordinal = 0; ordinal < rows.size(); ordinal++) {
                    index.add(ordinal, new IndexedRow(true, stamp, 0, ByteSlice.ofUtf8(rows.get(ordinal))));
                    texts.endRow();
                }
                texts.finish();
                index.finish();
            }
            return new Indexed(
                    rows.stream().map(PatternRowsTest::input).toList(),
                    FieldSearch.open(FSDirectory.open(folder.resolve("index"))),
                    TextSearch.open(FSDirectory.open(folder.resolve("text"))));
        }

        /** Rows that indexes admit; empty where they admit all. */
        Optional<RoaringBitmap> rows(Hint hint) throws IOException {
            return switch (hint) {
                case Hint.Substrings substrings -> new PatternRows(fields, texts).of(substrings);
                case Hint.And(var all) -> {
                    Optional<RoaringBitmap> rows = Optional.empty();
                    for (var each : all) {
                        var found = rows(each);
                        rows = rows.isPresent() && found.isPresent()
                                ? Optional.of(RoaringBitmap.and(rows.get(), found.get()))
                                : rows.or(() -> found);
                    }
                    yield rows;
                }
                case Hint.Or(var any) -> {
                    var rows = new ArrayList<Optional<RoaringBitmap>>();
                    for (var each : any) {
                        rows.add(rows(each));
                    }
                    yield rows.stream().allMatch(Optional::isPresent)
                            ? Optional.of(RoaringBitmap.or(
                                    rows.stream().flatMap(Optional::stream).toArray(RoaringBitmap[]::new)))
                            : Optional.empty();
                }
                default -> Optional.empty();
            };
        }

        @Override
        public void close() throws IOException {
            fields.close();
            texts.close();
        }
    }
}
