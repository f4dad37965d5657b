package io.spanlake.query.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.value.JsonValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnippetsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"the rate limit was hit\";limit;the rate [limit] was hit",
                "\"the rate limit was hit\";\"rate limit\";the [rate limit] was hit",
                "\"the rate limit was hit\";hit rate;the [rate] limit was [hit]",
                "\"Rates, rating: rate\";rat*;[Rates], [rating]: [rate]",
                "\"get_user failed\";get_user;[get_user] failed",
                "\"a b a b a\";\"a b a\";[a b a] b a",
                "[\"nothing here\",{\"x\":\"one word\",\"y\":\"one more word\"}];more word;one [more] [word]",
                "\"私は東京にいる\";東京;私は[東京]にいる",
                "\"café ☕ time\";time;café ☕ [time]",
                "\"good, bad\";good -bad;[good], bad"
            })
    void markEveryHit(String json, String words, String snippet) {
        var value = JsonValues.parse(json).orElseThrow();

        assertThat(Snippets.of(value, WordQuery.of(words), 100, "[", "]")).contains(snippet);
    }

    @Test
    void areCutAroundTheFirstHit() {
        var value = JsonValues.parse("\"" + "é ".repeat(300) + "needle" + " ü".repeat(300) + "\"")
                .orElseThrow();

        var snippet = Snippets.of(value, WordQuery.of("needle"), 20, "<", ">").orElseThrow();

        assertThat(snippet).isEqualTo("… é é <needle> ü ü ü ü …");
    }

    @Test
    void ofWhatIsNotThereAreNone() {
        assertThat(Snippets.of(JsonValues.parse("[1,\"x\"]").orElseThrow(), WordQuery.of("y"), 20, "<", ">"))
                .isEmpty();
    }
}
