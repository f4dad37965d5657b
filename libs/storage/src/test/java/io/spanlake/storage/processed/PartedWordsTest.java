package io.spanlake.storage.processed;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartedWordsTest {
    /** What is left out within words, letters that are equal to ASCII, and what stands beside either. */
    private static final List<String> PIECES = List.of(
            "a",
            "K",
            "s",
            "i",
            "1",
            " ",
            ".",
            "\"",
            "\\",
            "\n",
            "é",
            "東",
            "\u00AD",
            "\u200D",
            "\uFE0F",
            "\u017F",
            "\u0131",
            "\u0130",
            "\u212A",
            "\u0301",
            "\uD83D\uDE00",
            "\uDB40\uDD00",
            "\uDB40\uDC41");

    @ParameterizedTest
    @ValueSource(strings = {"soft\u00ADhyphen", "zero\u200Dwidth", "x\uDB40\uDD00y", "Congre\u017Fs", "\u0131s"})
    void aWordMayBeParted(String text) {
        assertThat(PartedWords.mayStandIn(JsonText.encodeString(text))).isTrue();
        assertThat(PartedWords.mayStandIn(ByteSlice.ofUtf8(escaped(text)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "Grüße",
                "well \u2714\uFE0F done",
                "great\uD83D\uDE00!",
                "\uFEFFfirst",
                "last\u200B",
                "東\u00AD京"
            })
    void whatStandsBesideWordsPartsNone(String text) {
        assertThat(PartedWords.mayStandIn(JsonText.encodeString(text))).isFalse();
    }

    @Test
    void whereNoneIsPartedAFilterHasEveryWordOfAscii() {
        var random = new Random(11);
        int asked = 0;
        for (int round = 0; round < 50_000; round++) {
            var text = new StringBuilder();
            for (int pieces = 1 + random.nextInt(8); pieces > 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            var json = random.nextBoolean()
                    ? JsonText.encodeString(text.toString())
                    : ByteSlice.ofUtf8(escaped(text.toString()));
            if (!PartedWords.mayStandIn(json)) {
                asked += askForEachWord(text.toString(), json);
            }
        }
        assertThat(asked).isGreaterThan(5_000);
    }

    private static int askForEachWord(String text, ByteSlice json) {
        var set = new WordSet();
        Words.ofJson(json, set::add);
        var filter = TokenFilter.read(set.take(10).bytes());
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        var words = new io.spanlake.storage.part.text.Words();
        words.reset(utf8, 0, utf8.length);
        int asked = 0;
        while (words.next()) {
            var word = new String(words.bytes(), 0, words.length(), StandardCharsets.UTF_8);
            if (word.chars().allMatch(c -> c < 0x80)) {
                assertThat(filter.mayHaveWords(word))
                        .as("%s in %s", word, json.toUtf8())
                        .isTrue();
                asked++;
            }
        }
        return asked;
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder("\"");
        text.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
        return escaped.append('"').toString();
    }
}
