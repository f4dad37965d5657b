package io.spanlake.storage.part.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.storage.part.index.FieldIndexWriter;
import io.spanlake.storage.part.index.IndexedRow;
import io.spanlake.storage.part.index.RandomRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Every answer beside that of a scan over the texts, which shares no code with the index. */
class TextIndexProperties {
    private static final int ROWS = 60;
    private static final int QUESTIONS = 60;
    private static final List<String> WHOLE_WORDS = List.of(
            "gpt", "4o", "refund", "FLIGHT", "rate", "429", "нАша", "погода", "lines", "end", "party", "nowhere");

    @Property(tries = 60)
    void wordsAreFoundWhereAScanFindsThemAndNowhereElse(@ForAll long seed) throws IOException {
        var random = new RandomRows(seed);
        var rows = random.rows(ROWS);
        try (var search = TextSearch.open(FSDirectory.open(indexed(rows, random, 1 << 20)))) {
            for (var word : WHOLE_WORDS) {
                var fields = List.of(random.key(), random.key());
                var pattern = Pattern.compile(
                        "(?<![\\p{L}\\p{N}\\p{M}])" + word + "(?![\\p{L}\\p{N}\\p{M}])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

                var found = search.rows(new TextQuery.Match(word), fields);

                assertThat(found).hasValue(scan(rows, fields, pattern.asPredicate()));
            }
        }
    }

    @Property(tries = 60)
    void nothingThatAScanFindsIsMissed(@ForAll long seed) throws IOException {
        var random = new RandomRows(seed);
        var rows = random.rows(ROWS);
        var chance = new Random(seed);
        try (var search = TextSearch.open(FSDirectory.open(indexed(rows, random, 1 << 20)))) {
            for (int i = 0; i < QUESTIONS; i++) {
                var fields = List.of(random.key());
                var piece = piece(random.text(), chance);
                var folded = piece.toLowerCase(Locale.ROOT);
                var expected =
                        scan(rows, fields, text -> text.toLowerCase(Locale.ROOT).contains(folded));

                var found = search.rows(new TextQuery.Substring(piece), fields);

                found.ifPresent(rowsFound -> assertThat(
                                RoaringBitmap.andNot(expected, rowsFound).isEmpty())
                        .as("'%s' in %s", piece, fields)
                        .isTrue());
            }
        }
    }

    @Property(tries = 30)
    void wholeTextsAndTheirBeginningsAreFound(@ForAll long seed) throws IOException {
        var random = new RandomRows(seed);
        var rows = random.rows(ROWS);
        try (var search = TextSearch.open(FSDirectory.open(indexed(rows, random, 1 << 20)))) {
            for (int i = 0; i < QUESTIONS; i++) {
                var fields = List.of(random.key());
                var text = random.text();
                var expected = scan(rows, fields, text::equals);

                for (var query :
                        List.of(new TextQuery.Match(text), new TextQuery.Phrase(text), new TextQuery.Prefix(text))) {
                    search.rows(query, fields)
                            .ifPresent(found -> assertThat(RoaringBitmap.andNot(expected, found)
                                            .isEmpty())
                                    .as("%s in %s", query, fields)
                                    .isTrue());
                }
            }
        }
    }

    @Property(tries = 10)
    void answersDoNotDependOnHowMuchFitsInMemory(@ForAll long seed) throws IOException {
        var random = new RandomRows(seed);
        var rows = random.rows(8 * ROWS);
        try (var large = TextSearch.open(FSDirectory.open(indexed(rows, random, 1 << 24)));
                var small = TextSearch.open(FSDirectory.open(indexed(rows, random, 1)))) {
            for (var word : WHOLE_WORDS) {
                var query = new TextQuery.Match(word);
                var fields = List.of("input", "output", "metadata");

                assertThat(small.rows(query, fields)).isEqualTo(large.rows(query, fields));
            }
        }
    }

    private static String piece(String text, Random chance) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, chance.nextInt(text.codePointCount(0, text.length())));
        int rest = text.codePointCount(first, text.length());
        return text.substring(first, text.offsetByCodePoints(first, 1 + chance.nextInt(Math.min(rest, 12))));
    }

    private static RoaringBitmap scan(
            List<Map<String, @Nullable Object>> rows, List<String> fields, Predicate<String> test) {
        return RoaringBitmap.bitmapOf(IntStream.range(0, rows.size())
                .filter(row -> fields.stream()
                        .anyMatch(field ->
                                texts(rows.get(row).get(field)).stream().anyMatch(test)))
                .toArray());
    }

    private static List<String> texts(@Nullable Object value) {
        var texts = new ArrayList<String>();
        switch (value) {
            case String text -> texts.add(text);
            case Map<?, ?> object -> object.values().forEach(inner -> texts.addAll(texts(inner)));
            case List<?> items -> items.forEach(inner -> texts.addAll(texts(inner)));
            case null, default -> {}
        }
        return texts;
    }

    private static Path indexed(List<Map<String, @Nullable Object>> rows, RandomRows random, long memoryBytes)
            throws IOException {
        var folder = Files.createTempDirectory("text");
        var stamp = new Stamp(TransactionId.of(1_790_000_000L, 1), 0);
        try (var writer = new TextIndexWriter(folder.resolve("piece"), memoryBytes);
                var index = new FieldIndexWriter(folder.resolve("index"), 1 << 20, writer)) {
            for (int ordinal = 0; ordinal < rows.size(); ordinal++) {
                var json = ByteSlice.ofUtf8(random.json(rows.get(ordinal)));
                index.add(ordinal, new IndexedRow(true, stamp, 0, json));
                writer.endRow();
            }
            writer.finish();
        }
        return folder.resolve("piece");
    }
}
