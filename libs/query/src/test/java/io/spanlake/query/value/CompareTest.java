package io.spanlake.query.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 1.0 | true",
                "1 | 10e-1 | true",
                "1e400 | 1e401 | false",
                "0.1 | 0.10 | true",
                "9007199254740993 | 9007199254740992.0 | false",
                "18446744073709551616 | 18446744073709551616.0 | true",
                "-0 | 0 | true",
                "1 | \"1\" | false",
                "true | 1 | false",
                "\"a\" | \"A\" | false",
                "[1, 2] | [1.0, 2] | true",
                "{\"a\": 1, \"b\": 2} | {\"b\": 2.0, \"a\": 1} | true",
                "{\"a\": 1} | {\"a\": 1, \"b\": null} | false"
            })
    void sameness(String a, String b, boolean same) {
        var x = json(a);
        var y = json(b);

        assertThat(Compare.same(x, y)).isEqualTo(same);
        assertThat(Canonical.of(x).equals(Canonical.of(y))).isEqualTo(same);
    }

    @Test
    void valuesOfOtherTypesHaveNoOrder() {
        assertThat(Compare.order(json("1"), json("\"2\""))).isEmpty();
        assertThat(Compare.order(json("[1]"), json("{}"))).isEmpty();
        assertThat(Compare.order(json("1"), json("2"))).hasValue(-1);
    }

    @Test
    void aTimeReadsWhatStandsBesideIt() {
        var noon = Times.of(new TextValue("2026-01-01T12:00:00Z"));

        assertThat(Compare.same(noon, new TextValue("2026-01-01T13:00:00+01:00")))
                .isTrue();
        assertThat(Compare.same(noon, new TextValue("2026-01-01 12:00"))).isTrue();
        assertThat(Compare.same(noon, json("1767268800"))).isTrue();
        assertThat(Compare.same(noon, json("1767268800000"))).isTrue();
        assertThat(Compare.same(noon, json("1767268800.5"))).isFalse();
        assertThat(Compare.order(noon, new TextValue("2026-01-02"))).hasValue(-1);
        assertThat(Compare.order(noon, new TextValue("soon"))).isEmpty();
        assertThat(Compare.same(noon, new TextValue("soon"))).isFalse();
    }

    @Test
    void stringsSortByCodePoints() {
        assertThat(CodePoints.compare("\uFF5E", "\uD83D\uDE00")).isNegative();
        assertThat("\uFF5E".compareTo("\uD83D\uDE00")).isPositive();
    }

    @Test
    void theOrderOfSortsIsTotalAndFitsTheCanonicalForms() {
        long seed = 20261129;
        var random = new Random(seed);
        var values = new ArrayList<Value>();
        for (int i = 0; i < 120; i++) {
            values.add(any(random, 3));
        }
        for (var a : values) {
            for (var b : values) {
                int order = Compare.SORTED.compare(a, b);
                assertThat(Integer.signum(order))
                        .as("seed %d: %s, %s", seed, a, b)
                        .isEqualTo(-Integer.signum(Compare.SORTED.compare(b, a)));
                assertThat(order == 0).isEqualTo(Canonical.of(a).equals(Canonical.of(b)));
                for (var c : values.subList(0, 40)) {
                    if (order <= 0 && Compare.SORTED.compare(b, c) <= 0) {
                        assertThat(Compare.SORTED.compare(a, c)).isNotPositive();
                    }
                }
            }
        }
    }

    private static Value any(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> NullValue.NULL;
            case 1 -> BooleanValue.of(random.nextBoolean());
            case 2 -> new LongValue(random.nextInt(4) - 1);
            case 3 ->
                NumberValue.parse(
                        List.of("0.5", "1.0", "1e0", "-1e400", "2.50", "1e-400").get(random.nextInt(6)));
            case 4 -> new TextValue(List.of("", "a", "b", "ab", "😀").get(random.nextInt(5)));
            case 5 -> TimeValue.of(Instant.ofEpochSecond(random.nextInt(3)));
            case 6 -> {
                var items = new ArrayList<Value>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    items.add(any(random, depth - 1));
                }
                yield new ArrayValue(items);
            }
            default -> {
                var object = ObjectValue.EMPTY;
                for (int i = random.nextInt(3); i > 0; i--) {
                    object = object.with(List.of("k", "l").get(random.nextInt(2)), any(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static Value json(String text) {
        return JsonValues.parse(text).orElseThrow();
    }
}
