package io.spanlake.query.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.value.JsonValues;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemBytesTest {
    private static final List<String> PIECES = List.of(
            "red",
            "Herring",
            "r",
            "ed",
            "herr",
            "ing",
            "s",
            "k",
            " ",
            " ",
            "_",
            "-",
            ".",
            "\\n",
            "\\t",
            "\\\"",
            "\\\\",
            "\",\"",
            "\\u00e9",
            "é",
            "—",
            "\\u0072",
            "\\u0020",
            "\\u00ad",
            "\u00ad",
            "\u200d",
            "\\u200d",
            "ſ",
            "\\u017f",
            "\u212a",
            "\\u212A",
            "ı",
            "İ",
            "東",
            "👍",
            "\\ud83d\\udc4d",
            "\\ud83d",
            "\u0301",
            "7",
            "\\/");
    private static final List<String> QUERIES = List.of(
            "\"red herring\"",
            "red",
            "herr*",
            "\"red herr\"*",
            "\"r s k\"",
            "ing7",
            "s",
            "\"k k\"",
            "red_herring",
            "\"herring red\"",
            "\"s herring s\"*",
            "\"r herring red\"");

    @Test
    void aTextOfAnotherScriptIsLookedThroughOnceHoweverLongItIs() {
        var item = ItemBytes.of(WordQuery.of("\"red herring\"").required().getFirst())
                .orElseThrow();
        var json = ByteSlice.ofUtf8("\"" + "東".repeat(1_000_000) + "\"");

        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(item.mayStandIn(json)).isFalse());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"a red herring\"} | true",
                "{\"a\":\"a Red,\\n HERRING!\"} | true",
                "{\"a\":\"red herrings\"} | false",
                "{\"a\":\"bored herring\"} | false",
                "{\"a\":\"redherring\"} | false",
                "{\"a\":[\"red\",\"herring\"]} | false",
                "{\"a\":\"herring red\"} | false",
                "{\"a\":\"red\\nred herring\"} | true",
            })
    void findsAPhraseWithinOneString(String json, boolean stands) {
        assertThat(mayStand("\"red herring\"", json)).isEqualTo(stands);
    }

    /** Whatever stands between, within and instead of letters. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void missesNothingThatValuesHave(long seed) {
        var random = new Random(seed);
        int found = 0;
        for (int i = 0; i < 60_000; i++) {
            var text = new StringBuilder("[\"");
            for (int pieces = random.nextInt(9); pieces >= 0; pieces--) {
                text.append(PIECES.get(random.nextInt(random.nextBoolean() ? 9 : PIECES.size())));
            }
            var json = text.append("\"]").toString();
            var query = QUERIES.get(random.nextInt(QUERIES.size()));
            if (WordQuery.of(query).matches(JsonValues.of(ByteSlice.ofUtf8(json)))) {
                found++;
                assertThat(mayStand(query, json))
                        .as("seed %d: %s in %s", seed, query, json)
                        .isTrue();
            }
        }
        assertThat(found).isGreaterThan(1_000);
    }

    @Test
    void wordsBeyondAsciiAreNotLookedForInBytes() {
        assertThat(WordQuery.of("\"red 東\"").required().stream().map(ItemBytes::of))
                .allMatch(Optional::isEmpty);
    }

    private static boolean mayStand(String query, String json) {
        var item = WordQuery.of(query).required().getFirst();
        return ItemBytes.of(item).orElseThrow().mayStandIn(ByteSlice.ofUtf8(json));
    }
}
