package io.spanlake.query.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.TextValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordQueryTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // words
                "app | an app here | true",
                "app | an apple | false",
                "APP | an app | true",
                "limit rate | the rate has a limit | true",
                "rate limit | the rate | false",
                // phrases
                "\"rate limit\" | a rate limit hit | true",
                "\"rate limit\" | limit the rate | false",
                "\"a b a c\" | a b a b a c | true",
                // prefixes
                "ref* | a refund | true",
                "ref* | prefix | false",
                "\"rate lim\"* | the rate limit | true",
                // exclusion
                "rate -limit | the rate | true",
                "rate -limit | the rate limit | false",
                "-limit | anything | true",
                // several words between spaces stand side by side
                "get_user | call get_user now | true",
                "get_user | the user to get | false",
                "rate-limit | the rate limit | true",
                // edges
                "C++ | written in C | true",
                "C++ | written in Cobol | false",
                "3.14 | pi is 3.14 | true",
                "3.14 | 14 of 3 | false",
                "++ | C++ | false",
                "user@example.com | mail user@example.com | true",
                // scripts without spaces
                "東京 | 私は東京に住んで | true",
                "東京 | 京東 | false",
                "東 | 私は東京に | true",
                "😀 | so 😀 happy | true",
                // case of letters outside of ASCII
                "STRASSE | strasse | true",
                "ÉCOLE | école | true"
            })
    void finds(String query, String text, boolean found) {
        assertThat(WordQuery.of(query).matches(new TextValue(text))).isEqualTo(found);
    }

    @Test
    void accentsCountAndFormsOfThemAreTwo() {
        var composed = new TextValue("caf\u00e9");
        var decomposed = new TextValue("cafe\u0301");

        assertThat(WordQuery.of("cafe").matches(composed)).isFalse();
        assertThat(WordQuery.of("caf\u00e9").matches(composed)).isTrue();
        assertThat(WordQuery.of("caf\u00e9").matches(decomposed)).isFalse();
    }

    @Test
    void phrasesStandWithinOneString() {
        var value = JsonValues.parse("{\"a\":[\"rate\",\"limit\"],\"b\":{\"c\":\"quota\"},\"refund\":1}")
                .orElseThrow();

        assertThat(WordQuery.of("rate limit quota").matches(value)).isTrue();
        assertThat(WordQuery.of("\"rate limit\"").matches(value)).isFalse();
        assertThat(WordQuery.of("refund").matches(value)).as("keys are no text").isFalse();
    }

    @Test
    void nullHasNoWords() {
        assertThat(WordQuery.of("x").matches(NullValue.NULL)).isFalse();
    }

    @Test
    void longWordsAreWords() {
        var word = "x".repeat(5_000);

        assertThat(WordQuery.of(word).matches(new TextValue("a " + word + " b")))
                .isTrue();
        assertThat(WordQuery.of(word).matches(new TextValue("a " + word + "y b")))
                .isFalse();
    }
}
