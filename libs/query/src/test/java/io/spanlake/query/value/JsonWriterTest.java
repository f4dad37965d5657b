package io.spanlake.query.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
    private static final String LETTERS = "ab \n\t\r\"\\/\0\u001fé東\ud83d\udc4d";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | \"plain\"",
                "a\"b | \"a\\\"b\"",
                "a\\ | \"a\\\\\"",
                "\ud83d\udc4d | \"\ud83d\udc4d\"",
                "a\ud83d | \"a\\ud83d\"",
                "\udc4da | \"\\udc4da\"",
            })
    void quotesAText(String text, String json) {
        assertThat(JsonWriter.json(new TextValue(text))).isEqualTo(json);
    }

    /** Whatever stands side by side; of lone surrogates too. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsWrittenIsReadAgain(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(7); length > 0; length--) {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            var value = new TextValue(text.toString());

            var json = JsonWriter.json(value);

            assertThat(JsonValues.of(ByteSlice.ofUtf8(json)))
                    .as("seed %d: %s", seed, json)
                    .isEqualTo(value);
        }
    }
}
