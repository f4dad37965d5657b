package io.spanlake.query.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.value.JsonValues;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextBytesTest {
    /** As they stand in strings of raw JSON. */
    private static final List<String> PIECES = List.of(
            "a",
            "B",
            "d",
            "u",
            "0",
            "1",
            " ",
            "order",
            "00",
            "\\n",
            "\\r",
            "\\t",
            "\\b",
            "\\/",
            "\\\\",
            "\\\"",
            "\\u0061",
            "\\u000d",
            "\\u00e9",
            "\\ud83d\\ude00",
            "\\uD800",
            "é",
            "東",
            "-",
            "_",
            "/",
            ":",
            "\\u005f");

    private static final String LETTERS = "aBdu01 -_";

    @ParameterizedTest
    @ValueSource(strings = {"ab", "12", "1e7", "1-e", "a:b", "a/b", "a\"b", "caf\u00e9", "a\\b", "100"})
    void aTextThatJsonMayWriteInOtherBytesIsNone(String text) {
        assertThat(TextBytes.of(text)).isEmpty();
    }

    @Test
    void whatHasTheTextIsNeverMissed() {
        var random = new Random(3);
        int found = 0;
        int leftOut = 0;
        for (int round = 0; round < 800_000; round++) {
            var text = new StringBuilder();
            for (int length = 3 + random.nextInt(2); length > 0; length--) {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            Optional<TextBytes> bytes = TextBytes.of(text.toString());
            if (bytes.isPresent()) {
                var json = json(random);
                boolean matches = LikePattern.of("%" + text.toString().replace("_", "\\_") + "%", false)
                        .matches(JsonValues.of(ByteSlice.ofUtf8(json)));
                boolean may = bytes.get().mayStandIn(ByteSlice.ofUtf8(json));
                assertThat(may || !matches).as("%s in %s", text, json).isTrue();
                found += matches ? 1 : 0;
                leftOut += may ? 0 : 1;
            }
        }
        assertThat(found).isGreaterThan(400);
        assertThat(leftOut).isGreaterThan(5_000);
    }

    private static String json(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> string(random);
            case 1 -> "{ %s : [%s, 1e7, %s] }".formatted(string(random), string(random), string(random));
            default -> "[%s,{\"a\":%s}]".formatted(string(random), string(random));
        };
    }

    private static String string(Random random) {
        var json = new StringBuilder("\"");
        for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
            json.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return json.append('"').toString();
    }

    @Test
    void ofItsWordsThoseWithinItStandWhole() {
        assertThat(TextBytes.of("the red herring swims")
                        .map(TextBytes::wholeWords)
                        .map(String::strip))
                .contains("red herring");
        assertThat(TextBytes.of("red herring").map(TextBytes::wholeWords)).contains("");
    }
}
