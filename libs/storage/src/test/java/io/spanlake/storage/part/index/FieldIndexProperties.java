package io.spanlake.storage.part.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.storage.part.text.TextIndexWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Every answer beside that of a scan over the values, which shares no code with the index. */
class FieldIndexProperties {
    private static final int ROWS = 60;
    private static final int QUESTIONS = 40;

    @Property(tries = 60)
    void answersAreThoseOfAScan(@ForAll long seed) throws IOException {
        var random = new RandomRows(seed);
        var rows = random.rows(ROWS);
        try (var search = FieldSearch.open(FSDirectory.open(indexed(rows, random)))) {
            var chance = new Random(seed);
            for (int i = 0; i < QUESTIONS; i++) {
                var path = path(random, chance);
                var text = random.text();
                var low = random.number();
                var high = random.number();
                boolean flag = chance.nextBoolean();

                check(search.equal(path, text), path, rows, text::equals);
                check(search.equal(path, flag), path, rows, value -> value.equals(flag));
                check(search.exists(path), path, rows, _ -> true);
                check(search.range(path, NumberRange.exactly(low)), path, rows, number(n -> n.compareTo(low) == 0));
                check(search.range(path, NumberRange.above(low)), path, rows, number(n -> n.compareTo(low) > 0));
                check(search.range(path, NumberRange.atMost(low)), path, rows, number(n -> n.compareTo(low) <= 0));
                check(
                        search.range(path, new NumberRange(low, true, high, false)),
                        path,
                        rows,
                        number(n -> n.compareTo(low) >= 0 && n.compareTo(high) < 0));
            }
        }
    }

    @Property(tries = 60)
    void keysAreFoundWhateverStandsBehindThem(@ForAll long seed) throws IOException {
        var random = new RandomRows(seed);
        var rows = random.rows(ROWS);
        try (var search = FieldSearch.open(FSDirectory.open(indexed(rows, random)))) {
            for (int i = 0; i < QUESTIONS; i++) {
                var field = random.key();
                var wanted = random.key();
                Predicate<String> test = key -> key.equals(wanted);

                assertThat(search.keysBelow(FieldPath.of(field), test))
                        .as("%s below %s", wanted, field)
                        .hasValue(RoaringBitmap.bitmapOf(IntStream.range(0, rows.size())
                                .filter(row -> hasKey(rows.get(row).get(field), test))
                                .toArray()));
            }
        }
    }

    private static boolean hasKey(@Nullable Object value, Predicate<String> test) {
        return switch (value) {
            case Map<?, ?> object ->
                object.keySet().stream().map(String.class::cast).anyMatch(test)
                        || object.values().stream().anyMatch(inner -> hasKey(inner, test));
            case List<?> items -> items.stream().anyMatch(inner -> hasKey(inner, test));
            case null, default -> false;
        };
    }

    @Property(tries = 1)
    void aKeyThatIsTooLongToBeKnownMayBeAny() throws IOException {
        var folder = Files.createTempDirectory("index");
        try (var writer = new FieldIndexWriter(folder.resolve("index"), 1 << 20)) {
            writer.add(0, row("{\"input\":{\"" + "k".repeat(600) + "wanted\":1}}"));
            writer.add(
                    1,
                    row("{\"input\":{\"" + "k".repeat(300) + "\":{\"" + "k".repeat(300) + "\":{\"wanted\":null}}}}"));
            writer.add(2, row("{\"input\":{\"other\":{\"\\ud800\":null}}}"));
            writer.add(3, row("{\"input\":{\"other\":[null,{\"unwanted\":[null]}]},\"inputs\":{\"wanted\":1}}"));
            writer.finish();
        }
        try (var search = FieldSearch.open(FSDirectory.open(folder.resolve("index")))) {
            assertThat(search.keysBelow(FieldPath.of("input"), "wanted"::equals))
                    .hasValue(RoaringBitmap.bitmapOf(0, 1, 2));
            assertThat(search.keysBelow(FieldPath.of("id"), "wanted"::equals)).isEmpty();
        }
    }

    @Property(tries = 1)
    void aKeyThatStandsTwiceInAnItemMakesTheRowDoubtful() throws IOException {
        var folder = Files.createTempDirectory("index");
        try (var writer = new FieldIndexWriter(folder.resolve("piece"), 1 << 20)) {
            writer.add(0, row("{\"input\":[{\"a\":\"x\"},{\"a\":\"x\"}]}"));
            writer.add(1, row("{\"input\":[{\"a\":\"x\",\"a\":\"y\"}]}"));
            writer.add(2, row("{\"input\":\"x\",\"input\":null}"));
            writer.finish();
        }

        try (var search = FieldSearch.open(FSDirectory.open(folder.resolve("piece")))) {
            assertThat(search.doubtful()).isEqualTo(RoaringBitmap.bitmapOf(1, 2));
            assertThat(search.equal(FieldPath.of("input"), "x").exact()).isFalse();
        }
    }

    private static Predicate<Object> number(Predicate<BigDecimal> test) {
        return value -> value instanceof RandomRows.Raw(var text) && test.test(new BigDecimal(text));
    }

    private static void check(
            Candidates answer, FieldPath path, List<Map<String, @Nullable Object>> rows, Predicate<Object> test) {
        var expected = RoaringBitmap.bitmapOf(IntStream.range(0, rows.size())
                .filter(row -> values(rows.get(row), path.steps(), 0).stream().anyMatch(test))
                .toArray());
        var missed = RoaringBitmap.andNot(expected, answer.rows());
        assertThat(missed.isEmpty()).as("missed at %s: %s", path, missed).isTrue();
        if (answer.exact()) {
            assertThat(answer.rows()).as("exact at %s", path).isEqualTo(expected);
        }
    }

    /** What the row has at the path and is not null. */
    private static List<Object> values(@Nullable Object value, List<String> steps, int step) {
        if (step == steps.size()) {
            return value == null ? List.of() : List.of(value);
        }
        if (value instanceof Map<?, ?> object && !FieldPath.isItems(steps.get(step))) {
            return object.containsKey(steps.get(step))
                    ? values(object.get(steps.get(step)), steps, step + 1)
                    : List.of();
        }
        var all = new ArrayList<Object>();
        if (value instanceof List<?> items && FieldPath.isItems(steps.get(step))) {
            items.forEach(item -> all.addAll(values(item, steps, step + 1)));
        }
        return all;
    }

    private static FieldPath path(RandomRows random, Random chance) {
        var path = FieldPath.of(random.key());
        while (chance.nextInt(3) > 0) {
            path = chance.nextInt(4) == 0 ? path.items() : path.key(random.key());
        }
        return path;
    }

    private static Path indexed(List<Map<String, @Nullable Object>> rows, RandomRows random) throws IOException {
        var folder = Files.createTempDirectory("index");
        // Little memory for texts, so that what was known of them is forgotten on the way.
        try (var texts = new TextIndexWriter(folder.resolve("texts"), 1);
                var writer = new FieldIndexWriter(folder.resolve("piece"), 1 << 20, texts)) {
            for (int ordinal = 0; ordinal < rows.size(); ordinal++) {
                writer.add(ordinal, row(random.json(rows.get(ordinal))));
                texts.endRow();
            }
            writer.finish();
        }
        return folder.resolve("piece");
    }

    static IndexedRow row(String json) {
        var stamp = new Stamp(TransactionId.of(1_790_000_000L, 1), 0);
        return new IndexedRow(true, stamp, 0, ByteSlice.ofUtf8(json));
    }
}
