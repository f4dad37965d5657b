package io.spanlake.storage.part.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;

class OddTextsTest {
    private static final List<String> INPUT = List.of("input");
    private static final int MEMORY_BYTES = 4 << 20;

    private final Path folder;

    OddTextsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aSingleWordOfMegabytesIsFoundExactly() throws IOException {
        var word = "ab1".repeat(926_667);
        var almost = word + "x";
        try (var search = indexed(word, almost, "ab1", "short " + word + " end")) {
            assertThat(rows(search, new TextQuery.Match(word))).isEqualTo(RoaringBitmap.bitmapOf(0, 3));
            assertThat(rows(search, new TextQuery.Match(almost.toUpperCase(Locale.ROOT))))
                    .isEqualTo(RoaringBitmap.bitmapOf(1));
            assertThat(rows(search, new TextQuery.Match("end"))).isEqualTo(RoaringBitmap.bitmapOf(3));
            assertThat(rows(search, new TextQuery.Prefix("ab1ab"))).isEqualTo(RoaringBitmap.bitmapOf(0, 1, 3));
            assertThat(rows(search, new TextQuery.Prefix(word.substring(0, 1_000_000)))
                            .contains(0))
                    .isTrue();
            assertThat(rows(search, new TextQuery.Substring(word.substring(7, 500_000)))
                            .contains(1))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {190, 191, 192, 193, 255, 256, 257, 32_765, 32_766, 32_767, 40_000})
    void wordsAroundEveryLimitAreFoundByAnyPartOfThem(int length) throws IOException {
        var word = "é".repeat(length / 2) + "z".repeat(length % 2);
        try (var search = indexed(word, "other")) {
            assertThat(rows(search, new TextQuery.Match(word))).isEqualTo(RoaringBitmap.bitmapOf(0));
            for (int part : new int[] {1, 10, 90, 94, 95, 96, 97, 128, length / 2}) {
                int end = Math.min(part, word.length());
                assertThat(rows(search, new TextQuery.Prefix(word.substring(0, end)))
                                .contains(0))
                        .isTrue();
                assertThat(rows(search, new TextQuery.Substring(word.substring(word.length() - end)))
                                .contains(0))
                        .isTrue();
            }
        }
    }

    @Test
    void aPromptOfMegabytesIsIndexedToItsEnd() throws IOException {
        var prompt = new StringBuilder();
        for (int i = 0; prompt.length() < 5_000_000; i++) {
            prompt.append("word").append(i).append(i % 7 == 0 ? "\\n" : " ");
        }
        prompt.append("needle");
        try (var search = indexed("hay", prompt.toString())) {
            assertThat(rows(search, new TextQuery.Match("needle"))).isEqualTo(RoaringBitmap.bitmapOf(1));
            assertThat(rows(search, new TextQuery.Phrase("word0 word1"))).isEqualTo(RoaringBitmap.bitmapOf(1));
            assertThat(rows(search, new TextQuery.Match("word300000 needle"))).isEqualTo(RoaringBitmap.bitmapOf(1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Latin straße",
                "Ελληνικά λόγος",
                "Кириллица слово",
                "עברית מילה",
                "العربية كلمة",
                "हिन्दी शब्द",
                "বাংলা শব্দ",
                "தமிழ் சொல்",
                "తెలుగు పదం",
                "ไทยคำ",
                "ລາວຄຳ",
                "မြန်မာစကား",
                "ខ្មែរពាក្យ",
                "中文詞語",
                "日本語ことばカタカナ",
                "한국어 단어",
                "አማርኛ ቃል",
                "ქართული სიტყვა",
                "Հայերեն բառ"
            })
    void everyScriptIsFoundByItsWordsAndTheirParts(String text) throws IOException {
        try (var search = indexed("nothing of it", "before " + text + " after")) {
            var expected = RoaringBitmap.bitmapOf(1);

            assertThat(rows(search, new TextQuery.Match(text))).isEqualTo(expected);
            assertThat(rows(search, new TextQuery.Phrase(text))).isEqualTo(expected);
            assertThat(rows(search, new TextQuery.Prefix(text.substring(0, text.length() - 1))))
                    .isEqualTo(expected);
            assertThat(rows(search, new TextQuery.Substring(text.substring(1, text.length() - 1))))
                    .isEqualTo(expected);
        }
    }

    @Test
    void caseDoesNotCountNorDoesHowAnAccentIsWritten() throws IOException {
        try (var search = indexed("ΟΔΥΣΣΕΥΣ", "caf\u00e9", "cafe\u0301", "cafe")) {
            assertThat(rows(search, new TextQuery.Match("οδυσσευς"))).isEqualTo(RoaringBitmap.bitmapOf(0));
            assertThat(rows(search, new TextQuery.Match("CAF\u00c9"))).isEqualTo(RoaringBitmap.bitmapOf(1, 2));
            assertThat(rows(search, new TextQuery.Match("cafe\u0301"))).isEqualTo(RoaringBitmap.bitmapOf(1, 2));
            assertThat(rows(search, new TextQuery.Match("cafe"))).isEqualTo(RoaringBitmap.bitmapOf(3));
        }
    }

    @Test
    void whatHasNoWordIsLeftToTheRows() throws IOException {
        try (var search = indexed("--- ...", "\\ud800 lone \\udc00")) {
            assertThat(search.rows(new TextQuery.Match("---"), INPUT)).isEmpty();
            assertThat(search.rows(new TextQuery.Match("a"), List.of("id"))).isEmpty();
            assertThat(rows(search, new TextQuery.Match("lone"))).isEqualTo(RoaringBitmap.bitmapOf(1));
            assertThat(search.rows(new TextQuery.Match("lone"), List.of("output")))
                    .hasValue(new RoaringBitmap());
        }
    }

    @Test
    void aTextThatVeryManyRowsHoldIsFoundInAllOfThem() throws IOException {
        int rows = 70_000;
        var path = folder.resolve("many");
        try (var writer = new TextIndexWriter(path, 1 << 26)) {
            for (int ordinal = 0; ordinal < rows; ordinal++) {
                var role = ordinal % 3 == 0 ? "assistant" : "user";
                writer.add(ordinal, ByteSlice.ofUtf8("{\"input\":\"%s\",\"output\":\"user\"}".formatted(role)));
            }
            writer.finish();
        }
        try (var search = TextSearch.open(FSDirectory.open(path))) {
            assertThat(rows(search, new TextQuery.Match("assistant")).getCardinality())
                    .isEqualTo((rows + 2) / 3);
            assertThat(search.rows(new TextQuery.Match("user"), List.of("output"))
                            .orElseThrow()
                            .getCardinality())
                    .isEqualTo(rows);
            assertThat(search.documents()).isGreaterThan(2);
        }
    }

    @Test
    void aPartWithoutAnyTextIsOne() throws IOException {
        try (var search = indexed()) {
            assertThat(rows(search, new TextQuery.Substring("a"))).isEqualTo(new RoaringBitmap());
        }
    }

    private static RoaringBitmap rows(TextSearch search, TextQuery query) throws IOException {
        return search.rows(query, INPUT).orElseThrow();
    }

    private TextSearch indexed(String... texts) throws IOException {
        var path = folder.resolve(Integer.toString(Arrays.hashCode(texts)));
        try (var writer = new TextIndexWriter(path, MEMORY_BYTES)) {
            for (int ordinal = 0; ordinal < texts.length; ordinal++) {
                writer.add(ordinal, ByteSlice.ofUtf8("{\"input\":\"" + texts[ordinal] + "\"}"));
            }
            writer.finish();
        }
        return TextSearch.open(FSDirectory.open(path));
    }
}
