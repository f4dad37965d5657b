package io.spanlake.query.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {
    @Test
    void likeIsWhatItsRegexIs() {
        long seed = 20261129;
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var pattern = any(random, List.of("a", "b", "%", "_", "\\%", "😀"));
            var text = any(random, List.of("a", "b", "%", "😀", "\\"));
            assertThat(LikePattern.of(pattern, false).matches(text))
                    .as("seed %d: %s LIKE %s", seed, text, pattern)
                    .isEqualTo(Pattern.compile(regex(pattern), Pattern.DOTALL)
                            .matcher(text)
                            .matches());
        }
    }

    private static String any(Random random, List<String> letters) {
        var text = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append(letters.get(random.nextInt(letters.size())));
        }
        return text.toString();
    }

    private static String regex(String like) {
        return like.replace("\\%", "\u0001")
                .replace("%", ".*")
                .replace("_", ".")
                .replace("\u0001", "%");
    }

    @Test
    void structuresAreReadByTheirStringsAndTheirJson() {
        Value value = JsonValues.parse("{\"role\":\"user\",\"n\":[42,\"Say \\\"hi\\\"\"]}")
                .orElseThrow();

        assertThat(LikePattern.of("Say%", false).matches(value)).isTrue();
        assertThat(LikePattern.of("%\"role\":\"user\"%", false).matches(value)).isTrue();
        assertThat(LikePattern.of("%[42,%", false).matches(value)).isTrue();
        assertThat(LikePattern.of("%SAY%", false).matches(value)).isFalse();
        assertThat(LikePattern.of("%SAY%", true).matches(value)).isTrue();
        assertThat(RegexPattern.of("^Say .hi.$", "").matches(value)).isTrue();
    }

    @Test
    void noLengthIsTooLong() {
        var text = new TextValue("x".repeat(1 << 20) + "needle");

        assertThat(LikePattern.of("%needle", false).matches(text)).isTrue();
        assertThat(RegexPattern.of("n[e]+dle$", "").matches(text)).isTrue();
    }

    @Test
    @Timeout(10)
    void nothingIsCatastrophic() {
        var text = "a".repeat(100_000);

        assertThat(LikePattern.of("%a".repeat(2_000) + "%b", false).matches(text))
                .isFalse();
        assertThat(LikePattern.of("%" + "_a".repeat(20) + "%b", false).matches(text))
                .isFalse();
        assertThat(RegexPattern.of("(a*)*b", "").found(text)).isFalse();
        assertThat(RegexPattern.of("(a|aa)+$", "").found(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"((a{100}){100}){100}", "(a{1000}){1000}", "((((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9})"
            })
    void hugeRepetitionsAreRefused(String regex) {
        var started = System.nanoTime();

        assertThatThrownBy(() -> RegexPattern.of(regex, "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"(, missing", "a(?=b), not a regular expression", "[z-a], not a regular expression"})
    void whatIsNoRegexIsTold(String regex, String message) {
        assertThatThrownBy(() -> RegexPattern.of(regex, "")).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[\"a\",1];\"a\";true",
                "[\"a\",1];1.0;true",
                "[\"ab\"];\"a\";false",
                "[1,2,3];[3,1];true",
                "[[1]];[1];true",
                "{\"a\":{\"b\":1,\"c\":2}};{\"a\":{\"b\":1}};true",
                "{\"a\":1};\"a\";true",
                "{\"a\":1};1;true",
                "\"abc\";\"bc\";true",
                "null;\"a\";false"
            })
    void containment(String haystack, String needle, boolean included) {
        assertThat(Containment.includes(
                        JsonValues.parse(haystack).orElseThrow(),
                        JsonValues.parse(needle).orElseThrow()))
                .isEqualTo(included);
    }
}
